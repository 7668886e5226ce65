# Слова о людях: вход, регистрация, профиль, права.

people-sign-in-title = Вход
people-sign-in-do = Войти
people-sign-up-title = Регистрация
people-sign-up-do = Зарегистрироваться
people-sign-up-why = Учётная запись нужна, чтобы видеть все свои обращения в одном месте.
people-have-account = Уже есть учётная запись? Войдите
people-no-account = Нет учётной записи?
people-guest-note = Обратиться можно и без неё.
people-guest-do = Отправить обращение без входа
people-signed-up = Готово. Теперь войдите: укажите эту почту и пароль.
people-signed-out = Вы вышли.
people-signed-out-everywhere = Вы вышли на всех устройствах.

people-name = Имя
people-last-name = Фамилия
people-first-name = Имя
people-middle-name = Отчество
people-email = Электронная почта
people-email-hint = Например, anna@example.ru
people-password = Пароль
people-password-hint = { $least ->
    [one] Не короче { $least } знака. Удобно взять несколько слов, которые легко запомнить вам и трудно угадать другим.
   *[other] Не короче { $least } знаков. Удобно взять несколько слов, которые легко запомнить вам и трудно угадать другим.
}

people-consent-title = Согласие на обработку персональных данных
people-consent-do = Даю согласие на обработку моих персональных данных
people-consent-version = Редакция { $version }
people-consent-operator = владельцу этого сайта
people-consent-text = Я даю согласие оператору ({ $operator }) на обработку моих фамилии, имени, отчества, адреса электронной почты, а также телефона и почтового адреса, если я их укажу. Цель: создать учётную запись, рассмотреть мои обращения и сообщить мне ответ. Данные можно собирать, записывать, хранить, уточнять, использовать, передавать органам, которые рассматривают мои обращения, блокировать и уничтожать, с помощью программ и без них. Согласие действует, пока есть учётная запись. Я могу отозвать его в любое время, написав оператору.

people-profile-title = Профиль
people-cabinet = Мои обращения
people-sessions = Где вы вошли
people-session-since = Вход
people-session-seen = Последнее действие
people-sign-out-do = Выйти
people-sign-out-everywhere-do = Выйти на всех устройствах

people-error-sign-in = Почта или пароль не подходят. Проверьте их и попробуйте ещё раз.
people-error-last-name = Напишите фамилию
people-error-first-name = Напишите имя
people-error-name-long = { $most ->
    [one] Не больше { $most } знака
   *[other] Не больше { $most } знаков
}
people-error-email-missing = Напишите адрес электронной почты
people-error-email = Проверьте адрес: он похож на anna@example.ru
people-error-email-taken = С этой почтой уже есть учётная запись
people-error-password-missing = Напишите пароль
people-error-password-short = { $least ->
    [one] Пароль короче { $least } знака. Добавьте ещё слово
   *[other] Пароль короче { $least } знаков. Добавьте ещё слово
}
people-error-password-long = { $most ->
    [one] Пароль длиннее { $most } знака. Сократите его
   *[other] Пароль длиннее { $most } знаков. Сократите его
}
people-error-password-common = Такой пароль подберут первым. Придумайте другой, например из нескольких слов
people-error-consent = Отметьте согласие: без него мы не можем хранить ваши данные
people-error-unit-missing = Укажите подразделение
people-error-unit-for-applicant = У заявителя нет подразделения
people-error-unit-unknown = Подразделения «{ $code }» нет
people-error-unit-name = { $most ->
    [one] Нужно название не длиннее { $most } знака
   *[other] Нужно название не длиннее { $most } знаков
}
people-error-code = { $most ->
    [one] Код состоит из латинских букв, цифр, точек и дефисов, не больше { $most } знака
   *[other] Код состоит из латинских букв, цифр, точек и дефисов, не больше { $most } знаков
}
people-error-tree-full = Больше 10 000 подразделений или территорий завести нельзя

people-role-applicant = Заявитель
people-role-specialist = Исполнитель
people-role-head = Руководитель
people-role-administrator = Администратор

people-permission-file-case = Отправить обращение
people-permission-read-own-case = Читать своё обращение
people-permission-message-as-applicant = Писать по своему обращению
people-permission-cancel-own-case = Отозвать своё обращение
people-permission-read-register = Читать открытый реестр
people-permission-read-unit-cases = Читать обращения подразделения
people-permission-take-case = Взять обращение себе
people-permission-assign-case = Назначить исполнителя
people-permission-message-as-staff = Писать заявителю
people-permission-draft-answer = Готовить ответ
people-permission-agree-answer = Согласовать ответ
people-permission-redirect-case = Передать другому подразделению
people-permission-extend-term = Продлить срок
people-permission-manage-users = Вести пользователей и роли
people-permission-manage-units = Вести подразделения и территории
people-permission-manage-catalog = Вести услуги, категории и маршруты
people-permission-read-journal = Читать журнал
people-by-code-note = Подавали без входа?
people-by-code-do = Откройте обращение по номеру и коду
