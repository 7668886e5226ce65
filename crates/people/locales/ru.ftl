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
people-consent-text = Я даю согласие оператору ({ $operator }) на обработку моих фамилии, имени, отчества, адреса электронной почты, а также телефона и почтового адреса, если я их укажу. Цель: создать учётную запись, рассмотреть мои обращения и сообщить мне ответ. Данные можно собирать, записывать, хранить, уточнять, использовать, передавать органам, которые рассматривают мои обращения, блокировать и уничтожать, с помощью программ и без них. Согласие действует, пока есть учётная запись. Я могу отозвать его в любое время в своём профиле или написав оператору.

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
people-error-email = Напишите адрес целиком, например anna@example.ru
people-error-email-taken = С этой почтой уже есть учётная запись
people-error-email-has-account = С этой почтой уже есть учётная запись. Найдите её по почте в «Сотрудниках» или в «Людях без ролей» и дайте роль там
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
    [one] Напишите название, не длиннее { $most } знака
   *[other] Напишите название, не длиннее { $most } знаков
}
people-error-code = { $most ->
    [one] Латинские буквы, цифры, точки и дефисы, не больше { $most } знака
   *[other] Латинские буквы, цифры, точки и дефисы, не больше { $most } знаков
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
people-permission-sign-answer = Подписать ответ
people-permission-forward-case = Направить в другой орган
people-permission-reopen-case = Возобновить завершённое дело
people-permission-correct-case = Исправить тему обращения
people-permission-manage-templates = Вести шаблоны ответов подразделения
people-permission-manage-users = Вести пользователей и роли
people-permission-manage-units = Вести подразделения и территории
people-permission-manage-catalog = Вести услуги, темы и маршруты
people-permission-read-journal = Читать журнал
people-by-code-note = Подавали без входа?
people-by-code-do = Откройте обращение по номеру и коду

## Вход по ссылкам и кодам
people-forgot = Забыли пароль?
people-signed-up-letter = Готово. Теперь войдите: укажите эту почту и пароль. Мы отправили письмо со ссылкой: откройте её, чтобы подтвердить почту.
people-confirm-title = Подтверждение почты
people-confirm-text = Нажмите кнопку, если это вы зарегистрировались с этой почтой.
people-confirm-do = Подтвердить почту
people-confirmed = Почта подтверждена.
people-confirm-sent = Письмо отправлено. Ссылка в нём действует сутки.
people-provisional-title = Подтвердите почту
people-provisional-text = Мы отправили вам письмо со ссылкой. Пока почта не подтверждена, ваши обращения принимаются как обычные сообщения, без сроков закона 59-ФЗ.
people-provisional-do = Отправить письмо ещё раз
people-link-stale-title = Ссылка больше не действует
people-link-stale = Её уже использовали, её срок истёк или мы прислали ссылку новее. Если по ней всё уже сделано, просто войдите. Если нет, откройте последнее письмо или попросите новую.
people-link-again = Получить новую ссылку
people-reset-title = Новый пароль
people-reset-text = Укажите почту, с которой вы зарегистрировались. Мы отправим на неё ссылку, она действует час.
people-reset-do = Отправить ссылку
people-reset-asked = Если с этой почтой есть учётная запись, мы отправили на неё письмо со ссылкой. Ссылка действует час.
people-reset-no-mail = Письма здесь не отправляются. Обратитесь к администратору: он может дать вам одноразовую ссылку.
people-new-password-title = Новый пароль
people-new-password-text = Придумайте новый пароль. На всех устройствах нужно будет войти заново.
people-new-password = Новый пароль
people-invitation-title = Приглашение
people-invitation-text = Для вас завели учётную запись. Придумайте пароль, чтобы войти.
people-password-save = Сохранить пароль
people-password-set = Пароль сохранён. Теперь войдите.
people-code-title = Код подтверждения
people-code-text = Откройте приложение с кодами на телефоне и введите шесть цифр.
people-code = Код
people-code-do = Войти
people-code-lost = Телефона нет под рукой? Введите один из резервных кодов.
people-code-back = Войти под другим именем
people-code-anew = Время вышло или код вводили слишком много раз. Войдите ещё раз.
people-set-up-title = Второй шаг входа
people-set-up-why = Сотрудники входят с паролем и кодом из приложения. Настройте его сейчас, это займёт пару минут.
people-set-up-app = Поставьте на телефон приложение для кодов
people-set-up-app-note = Подойдёт любое с одноразовыми кодами (TOTP).
people-set-up-scan = Наведите камеру телефона на рисунок
people-set-up-type = Если камеры нет, введите ключ под рисунком.
people-set-up-code = Введите шесть цифр из приложения
people-set-up-picture = Рисунок с ключом для приложения
people-set-up-secret = Ключ для ввода вручную
people-codes-title = Резервные коды
people-codes-text = Запишите или распечатайте эти коды и храните отдельно от телефона. Каждый сработает один раз. Больше мы их не покажем.
people-codes-do = Коды сохранены
people-codes-left = { $count ->
    [one] Остался { $count } резервный код.
    [few] Осталось { $count } резервных кода.
   *[other] Осталось { $count } резервных кодов.
}
people-codes-new = Получить новые резервные коды
people-second-factor = Код при входе
people-second-factor-title = Код при входе
people-second-factor-text = Кроме пароля при входе понадобится код из приложения на телефоне. С чужого компьютера без телефона никто не войдёт, даже узнав пароль.
people-second-factor-begin = Настроить
people-second-factor-on-do = Включить
people-second-factor-off-do = Выключить
people-second-factor-on = Включён
people-second-factor-is-off = Выключен
people-second-factor-manage = Настроить
people-second-factor-required = Сотрудникам выключать код нельзя.
people-second-factor-ended = Код при входе выключен.
people-second-factor-taken = Код при входе снят. Владелец войдёт по паролю и настроит его заново.

## Профиль
people-contacts = Имя и контакты
people-contacts-why = Мы подставим их в новые обращения. Хранятся зашифрованными вашим ключом.
people-phone = Телефон
people-address = Почтовый адрес
people-language = Язык писем и страниц
people-language-hint = Если не выбрать, пишем на языке, на котором открыт сайт.
people-language-ru = Русский
people-language-en = English
people-profile-save = Сохранить
people-profile-saved = Профиль сохранён.
people-safety = Безопасность
people-email-change = Изменить почту
people-email-title = Изменение почты
people-email-present = Сейчас: { $email }
people-email-text = Мы отправим письма на старый и на новый адрес. Почта изменится, когда вы откроете ссылки в обоих, в течение суток.
people-email-text-new = Нынешний адрес ещё не подтверждён, поэтому письмо придёт только на новый. Почта изменится, когда вы откроете ссылку в нём, в течение суток.
people-email-do = Отправить письма
people-email-asked = Мы отправили письма. Почта изменится, когда вы откроете ссылки в обоих.
people-email-asked-new = Мы отправили письмо на новый адрес. Почта изменится, когда вы откроете ссылку в нём.
people-email-no-mail = Письма здесь не отправляются, поэтому изменить почту нельзя. Обратитесь к администратору.
people-email-agree-text = Нажмите кнопку, если вы согласны изменить почту этой учётной записи.
people-email-agree-do = Изменить почту
people-email-waits = Спасибо. Теперь откройте ссылку из второго письма.
people-email-changed = Почта изменена. Войдите с новой.
people-new-email = Новая почта
people-password-change = Изменить пароль
people-password-title = Изменение пароля
people-password-text = На других устройствах нужно будет войти заново.
people-password-changed = Пароль изменён. На других устройствах вы вышли.
people-current-password = Нынешний пароль
people-session-device = Устройство
people-session-place = Сеть
people-session-end = Завершить
people-session-this = Это устройство
people-session-unknown = Неизвестно
people-session-ended = Вход на том устройстве завершён.
people-sign-out-elsewhere-do = Выйти на других устройствах
people-signed-out-elsewhere = На других устройствах вы вышли.
people-consents-title = Согласия
people-consents-note = На что вы соглашались
people-consents-show = Посмотреть
people-consents-none = Согласий нет
people-consents-none-text = Учётную запись завёл администратор.
people-consent-given = дано
people-consent-withdraw = Отозвать согласие
people-consent-withdraw-text = Без согласия учётной записи быть не может: мы закроем её, и войти вы больше не сможете. Обращения, которые вы уже отправили, рассмотрят по закону. К каждому мы дадим код возврата: по нему можно читать ответы без входа.
people-consent-withdraw-do = Отозвать и закрыть учётную запись
people-consent-withdrawn = Согласие отозвано, учётная запись закрыта.
people-consent-taken-back = Отозвано

## Администрирование людей и ведомств
people-admin-units = Ведомства и подразделения
people-admin-units-note = Дерево ведомств: названия, территории, контакты, бланки писем.
people-admin-territories = Территории
people-admin-territories-note = Районы и поселения, по которым обращения попадают к ведомствам.
people-admin-staff = Сотрудники
people-admin-staff-note = Кто работает в системе, с какими ролями и где.
people-admin-rights = Таблица прав
people-admin-rights-note = Что может каждая роль.
people-admin-log = Журнал изменений
people-admin-log-note = Что меняли администраторы: было и стало.
people-admin-jobs = Неудавшиеся задания
people-admin-jobs-note = Письма и другая работа, которую не удалось сделать.
people-admin-settings = Настройки
people-admin-settings-note = С чем запущена система. Меняются в файле настроек.
people-right = Что можно
people-rights-text = Права подразделения действуют и во всех подразделениях ниже него.
people-guest = Гость
people-reach-nothing = Нет
people-reach-own = Только своё
people-reach-unit = В своём подразделении
people-reach-installation = Во всей системе
people-reach-anyone = Да
people-scope-installation = вся система
people-unit = Подразделение
people-unit-new = Новое ведомство или подразделение
people-unit-add = Добавить
people-unit-added = Добавлено. Теперь укажите территории и контакты.
people-unit-kind = Что это
people-unit-kind-agency = Ведомство
people-unit-kind-unit = Подразделение
people-unit-code = Код
people-code-hint = Латинские буквы, цифры, точки и дефисы. Потом код не меняется.
people-unit-parent = Входит в
people-unit-parent-hint = Не выбирайте, если стоит само по себе.
people-unit-territories = За какие территории отвечает
people-unit-contacts = Контакты
people-unit-hours = Часы работы
people-unit-hours-hint = Например: пн–пт, 9:00–18:00. Для людей; сроки считают по часам из настроек системы
people-unit-state = Работа подразделения
people-unit-active = Работает
people-unit-closed = Закрыто
people-unit-end = Закрыть подразделение
people-unit-end-text = Закрытое подразделение не получает новых обращений. Те, что у него есть, останутся у него, пока их не передадут.
people-unit-ended = Подразделение закрыто.
people-unit-reopen = Открыть снова
people-unit-reopened = Подразделение снова работает.
people-units-none = Подразделений пока нет
people-name-ru = Название по-русски
people-name-en = Название по-английски
people-save = Сохранить
people-saved = Сохранено.
people-state = Состояние
people-territory = Территория
people-territory-code = Код ОКТМО или свой
people-territory-parent = Лежит внутри
people-territory-new = Новая территория
people-territory-add = Добавить
people-territory-added = Территория добавлена.
people-staff-new = Пригласить сотрудника
people-staff-find = Кого найти
people-staff-find-do = Найти
people-staff-none = Сотрудников пока нет
people-role = Роль
people-roles = Роли
people-role-unit-hint = Оставьте пустым только администратору, который ведёт всю систему.
people-role-give = Дать роль
people-role-give-do = Дать роль
people-role-given = Роль дана.
people-role-take = Снять
people-role-taken = Роль снята.
people-invite-letter = Мы отправим письмо со ссылкой. По ней сотрудник придумает пароль. Ссылка действует неделю.
people-invite-link = Письма здесь не отправляются. Мы покажем ссылку: передайте её сотруднику. Она действует неделю.
people-invite-do = Пригласить
people-invited = Приглашение отправлено.
people-link-title = Одноразовая ссылка
people-link-text = Скопируйте ссылку и передайте её лично. Она сработает один раз, больше мы её не покажем.
people-link-name = Ссылка
people-link-back = Учётная запись
people-link-done = Я передал ссылку
people-link-give = Дать одноразовую ссылку
people-link-lost = Потерян пароль или телефон
people-link-instead = Дать ссылку вместо приглашения
people-second-factor-take-text = Если потерян телефон с кодами, снимите код при входе: владелец войдёт по паролю и настроит код заново. Об этом ему придёт письмо.
people-link-give-text = По ссылке владелец сможет задать новый пароль. Она действует час. В истории владельца останется запись.
people-link-give-do = Показать ссылку
people-second-factor-take = Снять код при входе
people-own-password = Ваш пароль
people-own-account-note = Свою учётную запись здесь не меняют.
people-account-access = Доступ
people-account-active = Действует
people-account-off = Отключена
people-account-invited = Ещё не входил
people-switch-off = Отключить учётную запись
people-switch-off-text = Отключённый сотрудник выйдет сразу на всех устройствах. Его обращения останутся за ним, пока руководитель не передаст их.
people-switch-on = Включить снова
people-switched-off = Учётная запись отключена, все входы завершены.
people-switched-on = Учётная запись снова действует.
people-log-kind = Что
people-log-actor = Кто
people-log-any = Всё
people-log-anybody = Все
people-log-when = Когда
people-log-what = Что сделано
people-log-changes = Было → стало
people-log-show = Показать
people-log-none = Изменений нет
people-log-system = Команда на сервере
people-kind-unit = Подразделение
people-kind-territory = Территория
people-kind-person = Учётная запись
people-kind-service = Услуга
people-kind-category = Тема
people-kind-official = Должностное лицо
people-kind-template = Шаблон
people-kind-job = Задание
people-act-unit-created = добавлено
people-act-unit-changed = изменено
people-act-unit-closed = закрыто
people-act-unit-reopened = открыто снова
people-act-territory-created = добавлена
people-act-territory-changed = изменена
people-act-person-invited = приглашение
people-act-person-role_given = роль дана
people-act-person-role_taken = роль снята
people-act-person-switched_on = включена
people-act-person-switched_off = отключена
people-act-person-link_given = дана одноразовая ссылка
people-act-person-second_factor_taken = снят код при входе
people-act-job-revived = запущено снова
people-act-field-name-ru = название
people-act-field-name-en = название по-английски
people-act-field-code = код
people-act-field-kind = вид
people-act-field-parent = входит в
people-act-field-state = состояние
people-act-field-text = текст
people-act-field-territories = территории
people-act-field-address = адрес
people-act-field-phone = телефон
people-act-field-email = почта
people-act-field-hours = часы работы
people-act-field-role = роль
people-act-field-unit = подразделение
people-act-field-second-factor = код при входе
people-act-field-attempts = попыток
people-jobs-text = Здесь то, что не удалось: одни задания пробовали двое суток, другим сервер отказал сразу. Устраните причину и запустите их снова.
people-jobs-none = Всё сделано
people-jobs-none-text = Неудавшихся заданий нет.
people-job-kind = Задание
people-job-attempts = Попыток
people-job-problem = Что помешало
people-job-revive = Запустить снова
people-job-revived = Задание запущено снова.
people-job-mail-send = Отправка письма
people-job-cases-readings = Запись о чтениях
people-settings-text = Настройки в силе сейчас. Пароли и ключи не показываются.
people-permission-run-installation = Видеть работу системы и запускать задания снова

people-error-phone = Проверьте номер, например +7 900 000-00-00
people-error-needs-code = Для входа нужен код
people-error-second-code = Код не подходит. Подождите следующего и введите его
people-error-code-or-recovery = Код не подходит. Код из приложения меняется: введите следующий. Резервный код срабатывает один раз
people-error-current = Пароль не подходит
people-error-email-same = Это ваша нынешняя почта
people-error-no-mail = Письма здесь не отправляются
people-error-confirmed = Почта уже подтверждена
people-error-second-factor-required = Сотрудникам выключать код при входе нельзя
people-error-staff-consent = Учётную запись сотрудника закрывает администратор
people-error-code-taken = Такой код уже есть
people-error-parent = Выберите другое: так дерево замкнётся
people-error-territory = Такой территории нет
people-error-unit-last = Это последнее работающее подразделение: новые обращения больше некому принять. Сначала заведите другое
people-error-units-below = Сначала закройте подразделения внутри
people-error-changed-meanwhile = Это уже изменили. Откройте страницу заново
people-error-no-such-account = Учётной записи с этой почтой нет
people-error-role = Выберите роль
people-error-role-had = Эта роль уже есть
people-error-unit-gone = Выберите действующее подразделение
people-error-own-account = Свою учётную запись здесь не меняют
people-error-switched-off = Учётная запись отключена
people-error-choice = Выберите из списка

## Письма
people-letter-confirm-subject = Подтвердите почту
people-letter-confirm-text =
    Здравствуйте!

    С этой почтой зарегистрировались на { $site }. Если это вы, откройте ссылку и нажмите кнопку:

    { $link }

    Ссылка действует сутки. Если это не вы, ничего не делайте.
people-letter-sign-up-repeated-subject = Вы уже зарегистрированы
people-letter-sign-up-repeated-text =
    Здравствуйте!

    Кто-то пробовал зарегистрироваться с вашей почтой на { $site }. Учётная запись с ней уже есть, и ничего не изменилось. Если это вы и забыли пароль, откройте { $site }/reset
people-letter-reset-subject = Новый пароль
people-letter-reset-text =
    Здравствуйте!

    Вы попросили ссылку, чтобы задать новый пароль:

    { $link }

    Она действует час и сработает один раз. Если просили не вы, ничего не делайте: пароль останется прежним.
people-letter-password-changed-subject = Пароль изменён
people-letter-password-changed-text =
    Здравствуйте!

    Пароль вашей учётной записи на { $site } изменён. Если это не вы, сразу задайте новый: { $site }/reset
people-letter-email-old-subject = Согласны изменить почту?
people-letter-email-old-text =
    Здравствуйте!

    Вы попросили изменить почту вашей учётной записи на { $site }. Если согласны, откройте ссылку и нажмите кнопку:

    { $link }

    Если это не вы, ничего не открывайте и смените пароль: { $site }/reset
people-letter-email-new-subject = Подтвердите новую почту
people-letter-email-new-text =
    Здравствуйте!

    Эту почту хотят указать в учётной записи на { $site }. Если это вы, откройте ссылку и нажмите кнопку:

    { $link }

    Ссылка действует сутки. Если это не вы, ничего не делайте.
people-letter-email-changed-subject = Почта изменена
people-letter-email-changed-text =
    Здравствуйте!

    Почта вашей учётной записи на { $site } изменена, письма о ваших обращениях будут приходить на новый адрес. Если это не вы, сразу обратитесь к администратору сайта.
people-letter-invite-subject = Вам открыли рабочую учётную запись
people-letter-invite-text =
    Здравствуйте!

    Администратор открыл вам учётную запись сотрудника в «Окне», где принимают обращения: { $house }. Откройте ссылку и придумайте пароль:

    { $link }

    Ссылка действует неделю и сработает один раз. Входить потом надо с этой почтой. Если вы такого не ждали, не открывайте ссылку и спросите на работе.
people-letter-recovery-code-used-subject = Вход по резервному коду
people-letter-recovery-code-used-text =
    Здравствуйте!

    В вашу учётную запись на { $site } вошли по резервному коду. Если это не вы, сразу смените пароль: { $site }/reset
people-letter-second-factor-on-subject = Код при входе включён
people-letter-second-factor-on-text =
    Здравствуйте!

    В вашей учётной записи на { $site } включили код при входе. Если это не вы, сразу смените пароль: { $site }/reset
people-letter-second-factor-off-subject = Код при входе снят
people-letter-second-factor-off-text =
    Здравствуйте!

    В вашей учётной записи на { $site } сняли код при входе: теперь хватит пароля. Если это не вы, сразу смените пароль: { $site }/reset

## Reception
people-role-operator = Оператор приёмной
people-permission-file-on-behalf = Регистрировать звонки, письма и личный приём
people-permission-hear-caller = Записать слова позвонившего по делу подразделения

## Letterheads and posts
people-unit-site = Сайт
people-unit-letters = Бланк писем
people-unit-letters-note = Название, герб и контакты на ответах и расписках. Без своего бланка подразделение пишет на бланке того, в которое входит.
people-unit-letters-open = Бланк писем
people-post = Должность
people-post-hint = Стоит под ответами, которые подписывает сотрудник. Например: начальник отдела.
people-act-unit-letterhead_changed = изменён бланк
people-act-person-post_changed = должность
people-act-field-site = сайт
people-act-field-post = должность
people-act-field-head-ru = название на бланке
people-act-field-head-en = название на бланке по-английски
people-act-field-foot-ru = низ бланка
people-act-field-foot-en = низ бланка по-английски
people-act-field-mark = герб или знак (отпечаток)
people-error-lines = { $most ->
    [one] Не больше { $most } строки
   *[other] Не больше { $most } строк
}
people-error-letterhead-name = Укажите название: без него бланка нет
people-error-mark-large = Картинка слишком сложная. Возьмите рисунок проще.
## Queue and settings in words
people-jobs-waiting = В очереди
people-jobs-waiting-count = Сколько
people-jobs-waiting-tried = Из них не удались хотя бы раз
people-jobs-waiting-since = Самое давнее
people-jobs-dead = Отложены
people-jobs-dead-none = Отложенных нет.
people-jobs-troubled = Не всё, что ждёт, удалось с первого раза. Мы пробуем снова сами, паузы растут. Что мешает, сказано в журнале сервера; если это письма, проверьте почтовый сервер.
people-setting-version = Версия программы
people-setting-database = База данных
people-setting-data = Папка данных
people-setting-listen = На каком адресе слушает
people-setting-origin = Адрес для людей
people-setting-title = Название в заголовках
people-setting-operator = Кто ведёт приёмную
people-setting-operator-en = Кто ведёт приёмную, по-английски
people-setting-pos-url = Адрес платформы обратной связи
people-setting-log-name = Имя открытого журнала
people-setting-zone = Часовой пояс
people-setting-default-unit = Кому идёт то, что не подошло ни к одному правилу
people-setting-proxies = Доверенные посредники
people-setting-most-requests = Запросов одновременно
people-setting-writers = Соединений для записи
people-setting-readers = Соединений для чтения
people-setting-api-burst = Обращений подряд с одного адреса по API
people-setting-mail = Как уходят письма
people-setting-mail-none = Не уходят: почтовый сервер не указан
people-setting-mail-folder = Никому не уходят, складываются в папку на сервере
people-setting-mail-from = Адрес отправителя писем
people-setting-mail-name = Имя отправителя писем
people-setting-mailbox-url = Почтовый ящик, из которого забираются письма
people-setting-reminders = За сколько рабочих дней напоминать о сроке
people-setting-escalation = Сообщать руководителям, когда прошло столько процентов срока
people-setting-staff-second-factor = Код при входе обязателен для сотрудников

## Changes of the catalogue
people-kind-route_rule = Маршрут
people-kind-law_setting = Срок
people-act-category-created = добавлена
people-act-category-changed = изменена
people-act-category-handled = изменён порядок обработки
people-act-category-closed = закрыта
people-act-route_rule-created = добавлен
people-act-route_rule-changed = изменён
people-act-route_rule-ended = отменён
people-act-official-created = добавлено
people-act-official-changed = изменено
people-act-law-set = изменён
people-act-service-created = добавлена
people-act-service-changed = новая версия
people-act-service-kept = оставлена своя версия
people-act-service-proposed = предложена версия из поставки
people-act-service-offered = предлагается
people-act-service-suspended = больше не предлагается
people-act-territory-outlined = изменена граница
people-act-field-position = порядок
people-act-field-category = тема
people-act-field-territory = территория
people-act-field-service = услуга
people-act-field-reason = причина
people-act-field-reason-ru = причина
people-act-field-reason-en = причина по-английски
people-act-field-offered = предлагается
people-act-field-priority = приоритет
people-act-field-terms = сроки
people-act-field-post-ru = должность
people-act-field-post-en = должность по-английски
people-act-field-holder-ru = кто занимает
people-act-field-holder-en = кто занимает, по-английски
people-act-field-rule = правило
people-act-field-version = версия
people-act-field-valid-from = действует с
people-act-field-limit = длина
people-act-field-points = точек границы
people-act-field-difference = отличия текста

## Tokens
people-tokens-title = Ключи для программ
people-tokens-note = Программы действуют от вашего имени
people-tokens-show = Показать
people-tokens-text = Ключ — вместо почты и пароля для программы, которая работает от вашего имени. Она может не больше, чем можете вы, и только то, что вы ей отметили.
people-tokens-docs = Как обращаться к Окну из программы
people-tokens-list = Действующие ключи
people-tokens-none = Ключей нет.
people-token-new = Новый ключ
people-token-name = Название
people-token-name-hint = Например, что это за программа и на каком она компьютере.
people-token-scopes = Что можно
people-token-scopes-hint = Отмечайте только нужное.
people-token-scope-cases-read = читать мои обращения, черновики и уведомления
people-token-scope-cases-write = подавать обращения, писать и отвечать по ним
people-token-scope-desk-read = читать обращения подразделения
people-token-scope-desk-write = работать с обращениями подразделения
people-token-scope-admin-read = читать настройки и журнал
people-token-scope-admin-write = менять настройки
people-token-until = Действует до
people-token-until-hint = Не дольше года.
people-token-used = Последний раз
people-token-unused = ещё ни разу
people-token-revoke = Отозвать
people-token-revoked = Ключ отозван. Программа с ним больше не войдёт.
people-token-make = Сделать ключ
people-token-made-title = Ключ готов
people-token-made-text = Скопируйте его сейчас: больше он не покажется. Храните его как пароль и никому не пересылайте.
people-token-made-on = Я сохранил ключ
people-error-token-name = Назовите ключ
people-error-token-name-long = Не длиннее { $most } знаков
people-error-token-scope = Отметьте, что можно программе
people-error-token-until = Укажите день не раньше сегодняшнего и не дальше года
people-error-token-name-taken = Ключ с таким названием уже есть. Назовите новый иначе; если прежний не сохранили, отзовите его
people-error-token-many = Ключей уже тридцать. Отзовите лишние.
people-error-token-second-factor = Сначала включите код при входе.
people-letter-token-made-subject = Сделан ключ для программы
people-letter-token-made-text =
    Здравствуйте!

    В вашей учётной записи на { $site } сделали ключ для программы: с ним она действует от вашего имени. Если это не вы, отзовите ключ в профиле и смените пароль: { $site }/reset

## Что изменили в другой вкладке
people-error-site = Укажите адрес сайта, например https://example.ru
people-error-unit-above = Выберите, куда входит: само по себе ведомство заводит только администратор всей системы
people-error-unit-alone = Подразделение входит в ведомство: выберите, в какое
people-error-overtaken = Пока страница была открыта, это изменил кто-то ещё. Ваше осталось в полях; что изменили, видно в «Журнале изменений». Сверьте и сохраните снова: тогда останется ваше
people-error-other-saved = Пока страница была открыта, подразделение изменил кто-то ещё. Сверьте отмеченное и сохраните снова
people-error-other-now = Сейчас сохранено: { $now }
people-error-other-empty = Сейчас здесь пусто

## Кто работает и что останется
people-unit-hands = Кто работает
people-unit-hands-none = никого
people-unit-hands-above = сотрудники вышестоящего
people-unit-hands-count = { $heads ->
    [0] сотрудников: { $staff }
   *[other] { $staff ->
        [0] руководителей: { $heads }
       *[other] сотрудников: { $staff }, руководителей: { $heads }
    }
}
people-open-cases = { $count ->
    [one] За этим сотрудником { $count } открытое обращение.
    [few] За этим сотрудником { $count } открытых обращения.
   *[other] За этим сотрудником { $count } открытых обращений.
}
people-open-cases-heads = Передать их может руководитель: { $names }.
people-open-cases-nobody = Передать их пока некому: назначьте подразделению руководителя.
people-unit-open = { $count ->
    [one] У подразделения { $count } открытое обращение: оно останется за ним.
    [few] У подразделения { $count } открытых обращения: они останутся за ним.
   *[other] У подразделения { $count } открытых обращений: они останутся за ним.
} Пусть руководитель сначала передаст их.
people-unit-end-topics = Новые обращения по его темам получит подразделение темы выше, а без неё — подразделение по умолчанию.

## Журнал действий: слова вместо кодов
people-kind-export = Выгрузка
people-act-export-taken = взята командой на сервере, с личными данными
people-act-person-added = заведена командой
people-act-field-target = цель
people-act-value-active = действует
people-act-value-closed = закрыто
people-act-value-public = предлагается
people-act-value-suspended = не предлагается
people-act-value-draft = черновик
people-act-value-proposed = ждёт утверждения
people-act-value-approved = утверждено
people-act-value-withdrawn = отозвано
people-act-value-agency = ведомство
people-act-value-unit = подразделение
people-act-value-true = да
people-act-value-false = нет
people-act-value-calendar-days = календарных дней
people-act-value-working-days = рабочих дней
people-act-value-usual = обычный
people-act-value-urgent = срочный
people-act-value-low = низкий
people-act-value-high = высокий
people-job-mail-refused = Сервер почты отказал: адреса нет или письмо не приняли
people-setting-keys = Папка ключей
people-setting-backup = Резервные копии: куда и когда
people-setting-backup-none = Сами не делаются: в файле настроек нет раздела [backup]. Сделать копию сейчас: okno backup

## Finding staff
people-staff-find-hint = Часть имени или почты, например: семён или okno.example. Целая почта или номер учётной записи ведёт прямо к ней
people-staff-not-found = Никого не нашлось. Проверьте, как пишется имя, или введите его часть
people-staff-all = Показать всех
people-staff-more = Показать ещё

## The organisation in a profile
people-organisation = Организация, от имени которой вы пишете
people-organisation-why = Если при подаче вы выберете «Организация», эти строки заполнятся сами
people-organisation-name = Название организации
people-organisation-inn = ИНН организации
people-organisation-inn-hint = 10 цифр
people-organisation-ogrn = ОГРН
people-organisation-ogrn-hint = 13 цифр
people-organisation-post = Ваша должность
people-error-organisation-name = Напишите название. Если пишете не от организации, сотрите остальные строки о ней
people-error-organisation-inn = Напишите ИНН. Если пишете не от организации, сотрите остальные строки о ней
people-error-inn = Такого ИНН быть не может. Проверьте цифры: у организации их десять
people-error-ogrn = Такого ОГРН быть не может. Проверьте цифры: их тринадцать

## Учётная запись закрыта
people-left-title = Согласие отозвано, учётная запись закрыта
people-left-text = Ваши обращения рассмотрят по закону. Войти в них теперь можно только по номеру и коду.
people-left-letter = Сохраните эти коды. Мы отправили их и письмом на вашу почту. Восстановить код нельзя.
people-left-write = Запишите эти коды: восстановить их нельзя.
people-left-number = Номер обращения
people-left-code = Код возврата
people-left-open = Открыть по номеру и коду
people-letter-left-subject = Учётная запись закрыта
people-letter-left-text =
    Здравствуйте!

    Вы отозвали согласие на обработку персональных данных, и мы закрыли вашу учётную запись на { $site }. Если это не вы, сразу обратитесь к администратору сайта.
people-letter-left-with-codes-subject = Учётная запись закрыта: коды ваших обращений
people-letter-left-with-codes-text =
    Здравствуйте!

    Вы отозвали согласие на обработку персональных данных, и мы закрыли вашу учётную запись на { $site }. Обращения, которые вы отправили, рассмотрят по закону. Читать их теперь можно по номеру и коду возврата на { $site }/status:

    { $link }

    Сохраните это письмо: восстановить код нельзя. Если это не вы, сразу обратитесь к администратору сайта.

## People without a role; corrections
people-former = Люди без ролей
people-former-note = Те, у кого были роли и ни одной не осталось. Учётные записи заявителей здесь не перечислены: их находят только по целой почте или номеру, и каждый просмотр записывается.
people-former-find = Почта целиком или номер учётной записи
people-former-find-hint = Например: anna@okno.example
people-former-none = Людей без ролей нет
people-former-since = Когда снята последняя роль
people-account-number = Номер учётной записи
people-account-acts = Что этот человек менял в администрировании
people-roles-none = Ролей нет.
people-look-recorded = У человека нет роли. Просмотр его данных записан в журнал.
people-sessions-end = Завершить все входы
people-sessions-end-text = На всех устройствах придётся войти заново, ключи для программ перестанут действовать. Учётная запись останется включённой.
people-sessions-ended = Входы завершены.
people-corrections = Исправить имя или почту
people-corrections-note = В журнал попадёт, кто и что исправил. Прежние и новые значения в нём скрыты.
people-corrections-name = Имя
people-corrections-name-do = Исправить имя
people-corrections-email = Почта
people-corrections-email-now = Сейчас: { $email }
people-corrections-email-waits = Новая почта ждёт подтверждения: { $email }
people-corrections-email-letter = На новую почту придёт ссылка. Когда человек её откроет, почта сменится, а все его входы завершатся. На прежнюю почту придёт сообщение.
people-corrections-email-link = Письма не отправляются: вы получите ссылку и передадите её сами. Когда человек её откроет, почта сменится, а все его входы завершатся.
people-corrections-email-invite = Человек ещё не входил: почта сменится сразу, прежнее приглашение перестанет действовать, новое уйдёт на новую почту.
people-corrections-email-new = Новая почта
people-corrections-email-do = Исправить почту
people-email-correction-sent = На новую почту отправлена ссылка.
people-error-no-staff = Исправить имя или почту можно только сотруднику. Сначала дайте роль.
people-letter-email-corrected-subject = Почту вашей учётной записи меняют
people-letter-email-corrected-text =
    Здравствуйте!

    Администратор указал другую почту для вашей учётной записи на { $site }. Она сменится, когда новый адрес подтвердят по ссылке. До тех пор входите как прежде. Если вы об этом не знаете, сразу обратитесь к администратору сайта.
people-act-person-looked_up = просмотрены данные человека без роли
people-act-person-sessions_ended = завершены все входы
people-act-person-surname_corrected = фамилия исправлена
people-act-person-name_corrected = имя исправлено
people-act-person-email_correction_asked = указана новая почта, ждёт подтверждения
people-act-person-email_corrected = почта исправлена
people-act-field-last-name = фамилия
people-act-field-first-name = имя
people-act-field-middle-name = отчество
people-act-field-sessions = входов
people-act-field-tokens = ключей для программ

## Imports in the list of acts
people-kind-import = Перенос
people-act-import-begun = начат
people-act-import-ended = окончен
people-act-field-what = что переносят
people-act-field-folder = папка
people-act-field-files = файлы
people-act-field-ended = чем окончен
people-act-field-read = прочитано
people-act-field-carried-over = принято
people-act-field-already-there = уже было
people-act-field-refused = отклонено
people-act-value-appeals = обращения портала
people-act-value-cases = обращения в открытом формате
people-act-value-finished = прочитано всё
people-act-value-stopped = остановлен
people-act-value-failed = прерван ошибкой

## Правила решений
people-kind-decision_rules = Правила решений
people-act-decision_rules-written = записаны
people-act-decision_rules-proposed = отправлены на утверждение
people-act-decision_rules-approved = утверждены
people-act-decision_rules-withdrawn = остановлены

## Шаблоны ответов
people-kind-answer_template = Шаблон ответа
people-act-answer_template-made = создан
people-act-answer_template-changed = изменён
people-act-answer_template-put_aside = убран
people-act-answer_template-taken_back = возвращён
people-act-field-template = название
people-act-field-outcome = решение
people-act-field-aside = убран
people-act-value-satisfied = удовлетворено
people-act-value-partly = удовлетворено частично
people-act-value-explained = даны разъяснения
people-act-value-refused = отказано
people-act-value-no-answer-due = без ответа по существу
people-act-value-returned = возвращено
