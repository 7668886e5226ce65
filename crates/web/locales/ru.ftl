# Слова, общие для всех страниц: оболочка, формы, ошибки, даты.

web-product = Окно
web-skip = К содержанию
web-nav = Главное
web-nav-file = Обращения
web-nav-register = Открытый реестр
web-nav-status = Проверить
web-nav-desk = Рабочее место
web-nav-reception = Приёмная
web-nav-sign-in = Войти
web-nav-profile = Профиль
web-nav-sign-out = Выйти
web-unread = { $count ->
    [one] новое уведомление
    [few] новых уведомления
   *[many] новых уведомлений
}
web-offline = Связи нет, ничего не отправлено. Написанное осталось здесь: отправьте, когда связь появится.
web-read-only = Сейчас мы не принимаем новые обращения и изменения: идут технические работы. Читать можно всё.
web-theme-dark = Тёмная тема
web-theme-light = Светлая тема
web-theme-auto = Тема как в системе
web-other-language = English
web-verify = Проверить доказательство
web-genuine = Подлинность документа
web-developers = Для разработчиков
web-journal = Журнал запечатан { $ago } · записей: { $size } · контрольная точка { $checkpoint }
web-ago-seconds = { $count ->
    [one] { $count } секунду назад
    [few] { $count } секунды назад
   *[many] { $count } секунд назад
}
web-ago-minutes = { $count ->
    [one] { $count } минуту назад
    [few] { $count } минуты назад
   *[many] { $count } минут назад
}
web-ago-hours = { $count ->
    [one] { $count } час назад
    [few] { $count } часа назад
   *[many] { $count } часов назад
}
web-ago-days = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
   *[many] { $count } дней назад
}
web-home = На главную
web-find-by-number = Найти обращение по номеру
web-incident = Если будете писать нам об этом, назовите номер:
web-errors = Исправьте, пожалуйста
web-failed = Не получилось
web-error = Ошибка
web-optional = необязательно
web-choose = Выберите
web-left = Осталось знаков:
web-over = Лишних знаков:
web-most = { $max ->
    [one] Не больше { $max } знака
   *[many] Не больше { $max } знаков
}
web-stage-done = (сделано)
web-stage-now = (сейчас)
web-stage-ahead = (впереди)
web-pager = Страницы списка
web-pager-first = В начало
web-pager-next = Дальше
web-steps = Шаги

error-invalid = Проверьте, что написано
error-invalid-do = Что-то заполнено неверно. Вернитесь назад и исправьте.
error-malformed = Запрос не удалось прочитать
error-malformed-do = Вернитесь назад и попробуйте ещё раз. Если не выходит, откройте страницу заново.
error-not-found = Такой страницы нет
error-not-found-do = Проверьте адрес или номер: возможно, в нём опечатка. Обращение, поданное не вами, может быть закрыто для просмотра.
error-unauthenticated = Нужно войти
error-unauthenticated-do = Войдите, и мы вернём вас на эту страницу.
error-forbidden = Это вам недоступно
error-forbidden-do = Если доступ должен быть, попросите его у руководителя или администратора.
error-conflict = Кто-то уже изменил это
error-conflict-do = Откройте страницу заново: вы увидите, что изменилось, и сможете продолжить.
error-too-many = Слишком много попыток
error-too-many-do = { $seconds ->
    [one] Подождите { $seconds } секунду и попробуйте ещё раз.
    [few] Подождите { $seconds } секунды и попробуйте ещё раз.
   *[many] Подождите { $seconds } секунд и попробуйте ещё раз.
}
error-busy = Сейчас слишком много обращений
error-busy-do = Мы не успели выполнить ваш запрос. Подождите несколько секунд и повторите: то, что вы уже отправили раньше, сохранено.
error-read-only = Сейчас нельзя ничего изменить
error-read-only-do = Идут технические работы. Читать можно всё; отправить попробуйте через полчаса.
error-internal = У нас что-то сломалось
error-internal-do = Мы уже записали, что произошло. Попробуйте ещё раз через несколько минут.
error-method = Так к этой странице обратиться нельзя
error-method-do = Откройте страницу с начала, например с главной.
error-too-large = Слишком много данных
error-too-large-do = Сократите текст или отправьте его частями.
error-media = Такой вид данных здесь не принимают
error-media-do = Отправьте данные через форму на странице.
error-forged = Запрос пришёл с другого сайта
error-forged-do = Для вашей безопасности мы его не выполнили. Откройте нужную страницу здесь и повторите.
error-json = Тело запроса — не JSON.
error-json-type = Нужен заголовок Content-Type: application/json.
error-json-shape = Тело запроса не такое, как описано: строка { $line }, знак { $column }.

error-required = Заполните это поле
error-too-long = { $max ->
    [one] Не больше { $max } знака. Сократите текст
   *[many] Не больше { $max } знаков. Сократите текст
}
error-too-short = { $min ->
    [one] Не меньше { $min } знака. Напишите подробнее
   *[many] Не меньше { $min } знаков. Напишите подробнее
}
error-not-a-date = Такой даты нет. Напишите, например, 01.12.2026
error-not-a-number = Здесь нужно число
error-choose-one = Выберите что-нибудь одно
error-must-agree = Без этого согласия продолжить нельзя
error-email = Проверьте адрес почты. Его пишут так: name@example.ru
error-phone = Проверьте телефон. Его пишут так: +7 900 123-45-67
error-number = Проверьте номер: в нём опечатка или не все знаки. Номер пишут так: А-2026-00000042-5
error-already-exists = Такое уже есть
error-unknown-value = Такого значения нет в списке

date-long = { $day } { $month } { $year } года
date-short = { $day } { $month }
date-moment = { $date }, { $time }
date-month-1 = января
date-month-2 = февраля
date-month-3 = марта
date-month-4 = апреля
date-month-5 = мая
date-month-6 = июня
date-month-7 = июля
date-month-8 = августа
date-month-9 = сентября
date-month-10 = октября
date-month-11 = ноября
date-month-12 = декабря
date-weekday-1 = пн
date-weekday-2 = вт
date-weekday-3 = ср
date-weekday-4 = чт
date-weekday-5 = пт
date-weekday-6 = сб
date-weekday-7 = вс
date-until-1 = до понедельника, { $date }
date-until-2 = до вторника, { $date }
date-until-3 = до среды, { $date }
date-until-4 = до четверга, { $date }
date-until-5 = до пятницы, { $date }
date-until-6 = до субботы, { $date }
date-until-7 = до воскресенья, { $date }

error-cursor = Такой страницы списка нет. Откройте список с начала.

## Администрирование
web-nav-admin = Администрирование
web-admin = Администрирование
web-admin-people = Люди и ведомства
web-admin-services = Услуги и правила
web-admin-letters = Тексты и письма
web-admin-running = Работа системы

## Версия для слабовидящих
access-title = Настройки версии для слабовидящих
access-lead = Выберите, как вам удобно читать. Настройки сохранятся на этом устройстве.
access-turn-on = Для слабовидящих
access-bar = Версия для слабовидящих
access-settings = Настройки
access-off = Обычная версия
access-save = Сохранить и включить
access-back = Вернуться на страницу, с которой вы пришли
access-size = Размер букв
access-size-100 = Обычный, 100 %
access-size-150 = Крупный, 150 %
access-size-200 = Очень крупный, 200 %
access-scheme = Цвета
access-scheme-bw = Чёрным по белому
access-scheme-wb = Белым по чёрному
access-scheme-blue = Тёмно-синим по голубому
access-scheme-yellow = Жёлтым по чёрному
access-scheme-beige = Коричневым по бежевому
access-scheme-green = Зелёным по тёмно-коричневому
access-letters = Расстояние между буквами
access-letters-normal = Обычное
access-letters-wide = Увеличенное
access-letters-widest = Большое
access-lines = Расстояние между строками
access-lines-normal = Обычное
access-lines-wide = Увеличенное
access-lines-widest = Большое
access-face = Вид букв
access-face-sans = Без засечек
access-face-serif = С засечками
access-pictures = Картинки
access-pictures-shown = Показывать
access-pictures-hidden = Не показывать
access-letter-size = А
access-letter-scheme = Ц
access-more = Что ещё сделано для удобства
access-more-keys = Всё можно сделать с клавиатуры. Первая ссылка каждой страницы ведёт сразу к содержанию.
access-more-reader = Страницы размечены для программ чтения с экрана; об изменениях они скажут вслух.
access-more-zoom = Страницы можно увеличивать средствами браузера; они не разъезжаются и на узком экране.
access-more-scripts = Всё работает и без скриптов, и на медленной связи.
access-more-print = Любую страницу можно напечатать: на бумаге останется только главное.
access-more-trouble = Если чем-то пользоваться неудобно, напишите нам: мы исправим.

## Бумага
web-paper-printed = Напечатано { $when }
web-glossary = Словарь
web-access = Доступность

## Feedback
web-feedback = Обратная связь
web-feedback-here = Сообщить об ошибке на этой странице

## Waiting
waiting-title = Сейчас слишком много посетителей
waiting-read = Все места заняты. Страница откроется сама через { $seconds } с, нажимать ничего не нужно.
waiting-sent = Все места заняты, и то, что вы сейчас отправили, не принято. Через { $seconds } с обновите эту страницу и подтвердите повторную отправку: браузер пришлёт написанное ещё раз.
waiting-kept = Обращения, на которые вы уже получили номер, приняты и сохранены. Дважды ничего не отправится.

## Programs
error-token = Ключ не подходит
error-token-do = Ключ неизвестен, отозван или истёк. Сделайте новый в профиле, в разделе «Ключи для программ».
error-scope = Ключу это нельзя
error-scope-do = Сделайте ключ, которому это отмечено.
error-precondition = Запись изменилась
error-precondition-do = С тех пор как вы её прочли, она изменилась. Прочтите её заново и повторите.
error-repeat-at-work = Такой запрос уже выполняется
error-repeat-at-work-do = Запрос с этим ключом повтора ещё выполняется или прервался. Прочтите, что получилось, прежде чем посылать с новым ключом.
error-repeat-other = Этот ключ повтора уже был с другим запросом
error-fields-unknown = Такого поля нет: { $name }
error-json-value = Здесь не может стоять такое значение
api-error-encoding = Тело запроса должно быть в кодировке UTF-8.
api-error-json = Тело запроса не удалось прочитать как JSON: проверьте запятые, кавычки и скобки, глубину вложения и нет ли слишком больших чисел.
api-error-query = Параметры адреса не удалось прочитать: проверьте, как они закодированы.
api-error-object = Нужен объект с именованными полями
api-error-text = Нужен текст
api-error-yes = Нужно true или false
api-error-twice = Имя «{ $name }» встречается дважды: оставьте одно
api-error-unknown = Поля «{ $name }» здесь нет: уберите его
api-error-parameter = Параметра «{ $name }» здесь нет: уберите его
api-error-key = Ключ повтора: один заголовок, от 1 до 255 видимых знаков ASCII, например UUID
api-error-limit = Нужно число от 1 до { $most }
api-error-after = Такого места в списке нет: возьмите next предыдущей страницы или начните сначала

## Reference
reference-title = Программный интерфейс
reference-lead = Всё, что делают страницы, может и программа: подать обращение, следить за ним, работать с ним.
reference-guide = С чего начать: первый запрос и правила
reference-document = Описание для программ, OpenAPI 3.1
reference-client = Готовая программа на Python
reference-token = Сделать ключ для программы
reference-language = Имена и пояснения к ним — по-английски, как в самих запросах.
reference-subject = Программный интерфейс: { $name }
reference-open = Можно и без ключа.
reference-scope = Ключу нужно:
reference-call = Запрос
reference-parameters = Параметры
reference-body = Что послать
reference-answers = Что придёт в ответ
reference-answer = Пример ответа
reference-name = Имя
reference-place = Где
reference-kind = Вид
reference-about = Пояснение
reference-status = Код
reference-required = нужно
api-error-alone = Хеш файла указывают без номера и кода

## Versions of the interface
api-error-tag = Заголовок версии (If-None-Match или If-Match) не прочитать: в нём до 200 видимых знаков ASCII.

## Вход закончился
error-ended = Вход закончился
error-ended-do = Всё, что вы написали, осталось на этой странице. Войдите ещё раз и отправьте.
error-ended-new = Войдите в новой вкладке
error-ended-or = или, если подавали без входа,
error-ended-code = откройте обращение кодом возврата
error-ended-back = Вернитесь сюда и нажмите «Отправить ещё раз».
error-ended-again = Отправить ещё раз
error-ended-typed = Вы написали
error-ended-here = Ваш вход закончился. Если эта страница ваша, войдите, и мы вернём вас сюда.
error-ended-sign-in = Войти
error-conflict-rule = Сейчас нельзя

## What a guest has begun
web-begun = У вас есть начатый черновик «{ $service }» от { $when }.
web-begun-go-on = Продолжить

## Dialogue
web-dialogue = Диалог

## Приложение
web-app = Приложение
app-title = Установить приложение
app-lead = Портал можно поставить на телефон как приложение. Магазин приложений не нужен, места оно почти не занимает.
app-description = Обращения, предложения и ответы на них
app-install = Установить приложение
app-installed = Приложение установлено: вы уже в нём.
app-send-proposal = Отправить предложение
app-send-appeal = Подать обращение
app-my-cases = Мои обращения
app-android = На телефоне с Android
app-android-1 = Откройте этот сайт в Chrome, Яндекс Браузере или Firefox.
app-android-2 = Нажмите на меню браузера — три точки.
app-android-3 = Выберите «Установить приложение» или «Добавить на главный экран».
app-ios = На iPhone и iPad
app-ios-1 = Откройте этот сайт в Safari.
app-ios-2 = Нажмите «Поделиться» — квадрат со стрелкой вверх.
app-ios-3 = Выберите «На экран „Домой“» и нажмите «Добавить».
app-computer = На компьютере
app-computer-text = В Chrome, Edge или Яндекс Браузере нажмите значок установки в строке адреса.
app-gives = Что умеет приложение
app-gives-1 = Отправить предложение с одной страницы.
app-gives-2 = Сохранить на устройстве то, что вы не дописали, и предложить продолжить.
app-gives-3 = Подождать связи: то, что вы отправили без неё, уйдёт, когда она появится, и только один раз.
app-gives-4 = Принять фотографию из галереи: «Поделиться» — и сообщение с ней начато. Работает на Android.
app-private = Когда вы выходите из учётной записи, с устройства стирается всё, что вы писали.
app-text-kept = На этом устройстве остался текст, который вы не отправили. Сохранён:
app-text-put = Вернуть текст
app-drop = Стереть с устройства
app-no-network = Нет связи
app-no-network-text = Эту страницу без связи не показать. Ниже — то, что сохранено на вашем устройстве.
app-queued = Связи нет: отправим, когда появится
app-queued-text = Написанное сохранено на этом устройстве и уйдёт само, один раз. Ничего нажимать не нужно.
app-not-sent = Не отправлено: нет связи
app-not-sent-text = Подождите связи, потом вернитесь назад и отправьте ещё раз. Раньше не возвращайтесь: без связи форма не откроется и написанное пропадёт. Ниже — то, что сохранено на вашем устройстве.
app-kept-title = На этом устройстве
app-kept-no-scripts = Чтобы увидеть сохранённое на устройстве, включите скрипты. Всё остальное на портале работает и без них.
app-kept-nothing = Здесь пусто: ничего не ждёт отправки.
app-kept-note = Записи хранятся только на этом устройстве до недели и стираются, когда вы выходите из учётной записи.
app-send-now = Отправить сейчас
app-waiting = Не подано
app-waiting-text = Ждёт связи и уйдёт само, один раз. Обращение подано, только когда у него есть номер. Записано:
app-typed = Что вы написали
app-filed = Подано:
app-filed-text = Номер и код возврата — в расписке. Откройте её и сохраните: без входа расписка доступна на этом устройстве двенадцать часов.
app-receipt = Открыть расписку
app-begun = Сообщение начато, но не подано
app-begun-text = Файл приложен. Ответьте на вопросы и отправьте.
app-go-on = Продолжить
app-refused = Не принято
app-refused-text = Портал не смог принять это: в ответах есть ошибка или срок черновика вышел. Откройте форму и отправьте ещё раз. Записано:
app-open-form = Открыть форму
app-unsent = Не дописано
app-sent-banner = То, что ждало связи, отправлено.
app-proposal-lead = Всё на одной странице. Без связи предложение подождёт на устройстве и уйдёт, когда она появится.
app-error-shared = Файл не удалось приложить. Приложите другой: подойдёт снимок или PDF.
app-shared = Файл приложен. Осталось ответить на вопросы.
