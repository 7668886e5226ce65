# Каталог: услуги, темы, формы.

catalog-services = Услуги и обращения
catalog-services-lead = Выберите, с чем вы пришли. На каждое обращение отвечают по закону и в срок.
catalog-find-label = Что нужно сделать
catalog-find-hint = Например: снег
catalog-find = Найти
catalog-topics = Подходящие темы
catalog-topics-lead = Выберите тему: откроется форма, где она уже отмечена. Другие услуги — ниже.
catalog-nothing = По запросу «{ $typed }» ничего не нашлось. Попробуйте другое слово или выберите услугу из списка.
catalog-guest = Без входа это будет сообщение: на него тоже ответят, и вы получите код, чтобы вернуться к ответу. Чтобы отправить { $formal }, войдите.
catalog-sign-in = Войти
catalog-service-who = Кто может обратиться
catalog-service-term = Когда ответят
catalog-service-signed-in = Если войти: { $formal }
catalog-service-as-guest = Без входа: сообщение
catalog-service-needed = Что понадобится
catalog-service-happens = Что будет дальше
catalog-service-days = { $days ->
    [one] Ответ дадут не позже чем через { $days } день после регистрации
    [few] Ответ дадут не позже чем через { $days } дня после регистрации
   *[other] Ответ дадут не позже чем через { $days } дней после регистрации
}
catalog-service-working-days = { $days ->
    [one] Ответ дадут не позже чем через { $days } рабочий день после регистрации
    [few] Ответ дадут не позже чем через { $days } рабочих дня после регистрации
   *[other] Ответ дадут не позже чем через { $days } рабочих дней после регистрации
}

catalog-place-territory = Район или город
catalog-place-territory-hint = Если не уверены, выберите то, что шире
catalog-place-address = Адрес или ориентир
catalog-place-address-hint = Улица и дом, остановка или другой ориентир
catalog-no-categories = Тем пока нет. Обратитесь к ведомству другим способом
catalog-yes = Да
catalog-no = Нет

catalog-route-both = { $reason_ru }. Тема — «{ $category_ru }», место — { $territory_ru }.
catalog-route-category = { $reason_ru }. Тема — «{ $category_ru }».
catalog-route-territory = { $reason_ru }. Место — { $territory_ru }.
catalog-route-rule = { $reason_ru }.
catalog-route-default = Для этой темы и места правила нет: обращение разберёт { $unit_ru }.

catalog-error-required = Заполните это поле
catalog-error-required-choice = Выберите один из вариантов
catalog-error-required-category = Выберите тему
catalog-error-required-territory = Выберите район или город
catalog-error-required-address = Напишите почтовый адрес: на него придёт письмо
catalog-error-null = Значение null не подходит: дайте ответ или уберите поле
catalog-error-type-text = Нужен текст
catalog-error-type-list = Нужен один ответ, а не список
catalog-error-type-number = Нужно целое число цифрами, например 12
catalog-error-type-yes = Нужно «да» или «нет»
catalog-error-type-object = Нужны поля с именами
catalog-error-unknown = Поля «{ $name }» в форме нет: уберите его
catalog-error-step = Такого шага в форме нет
catalog-error-yes = Без этого согласия продолжить нельзя
catalog-error-too-long = { $max ->
    [one] Сократите текст: можно не больше { $max } знака, сейчас { $now }
   *[other] Сократите текст: можно не больше { $max } знаков, сейчас { $now }
}
catalog-error-too-short = { $min ->
    [one] Напишите подробнее: нужен хотя бы { $min } знак, сейчас { $now }
    [few] Напишите подробнее: нужно хотя бы { $min } знака, сейчас { $now }
   *[other] Напишите подробнее: нужно хотя бы { $min } знаков, сейчас { $now }
}
catalog-error-choice = Выберите один из вариантов
catalog-error-category = Выберите тему из списка
catalog-error-territory = Выберите район или город из списка
catalog-error-email = Проверьте адрес почты: он должен быть вида anna@example.ru
catalog-error-phone = Проверьте номер телефона: нужно от 5 до 15 цифр, например +7 900 123-45-67
catalog-error-date-form = Укажите дату: год, месяц и день, например 2026-11-20
catalog-error-date-future = Эта дата ещё не наступила: укажите сегодняшнюю или раньше
catalog-error-date-past = Слишком давняя дата: укажите год не раньше 1900
catalog-error-number = Нужно число от { $min } до { $max }

catalog-error-code = Нужны маленькие латинские буквы, цифры, точки и дефисы, не больше 64 знаков
catalog-error-name = { $max ->
    [one] Название нужно на обоих языках, не больше { $max } знака
   *[other] Название нужно на обоих языках, не больше { $max } знаков
}
catalog-error-reason = { $max ->
    [one] Причина нужна на обоих языках, не больше { $max } знака
   *[other] Причина нужна на обоих языках, не больше { $max } знаков
}
catalog-error-full = Каталог полон: уберите ненужное
catalog-error-closed = Это уже закрыто
catalog-error-no-unit = Обращение пока некому передать: в системе нет ни одного ведомства

## Kinds of appeal, officials, handling
catalog-section-complaints = Жалобы
catalog-section-requests = Запросы
catalog-section-proposals = Предложения и письма
catalog-section-applications = Заявления
catalog-section-works = Дороги и благоустройство
catalog-section-payments = Вопросы оплаты
catalog-section-other = Другое
catalog-sections = Разделы
catalog-fitting = Подходящие услуги
catalog-service-start = Начнут работу
catalog-service-start-days = { $days ->
    [one] Не позже чем через { $days } день после регистрации назначат исполнителя
    [few] Не позже чем через { $days } дня после регистрации назначат исполнителя
   *[other] Не позже чем через { $days } дней после регистрации назначат исполнителя
}
catalog-service-start-working-days = { $days ->
    [one] Не позже чем через { $days } рабочий день после регистрации назначат исполнителя
    [few] Не позже чем через { $days } рабочих дня после регистрации назначат исполнителя
   *[other] Не позже чем через { $days } рабочих дней после регистрации назначат исполнителя
}
catalog-priority-low = Низкий
catalog-priority-usual = Обычный
catalog-priority-high = Высокий
catalog-priority-urgent = Срочный
catalog-route-bound = Тема «{ $category_ru }» закреплена за подразделением { $unit_ru }.
catalog-route-official = Письмо адресовано: { $official_ru }. Его получает { $unit_ru }.
catalog-error-official = Выберите должностное лицо из списка
catalog-error-case-number = Проверьте номер: он должен быть вида А-2026-00000042-5
catalog-error-date-gone = Этот день уже прошёл: укажите сегодняшний или позже
catalog-error-parent = Выберите раздел из списка: тема не может лежать сама в себе
catalog-error-rule = Правила срока «{ $name }» нет
catalog-error-holder = Имя нужно на обоих языках или ни на одном, не больше { $max } знаков
catalog-error-form-overtaken = Пока страница была открыта, это изменил кто-то ещё. Ваше осталось в полях; что изменили, видно в «Журнале изменений». Сверьте и сохраните снова: тогда останется ваше
catalog-error-overtaken = Пока вы работали, это изменил кто-то другой. Откройте страницу снова и посмотрите, что изменилось
catalog-error-setting-reason = Нужна причина, не больше { $max } знаков
catalog-error-setting-day = День не может быть раньше сегодняшнего и раньше начала прежней версии
catalog-error-setting-length = Такой длины срок быть не может: от 1 до 3660 дней

## Administration
catalog-admin-services = Услуги и формы
catalog-admin-services-note = Список, версии, правка текста формы с предпросмотром.
catalog-admin-services-lead = Услуги по разделам каталога. Опубликованная правка становится новой версией: поданные обращения остаются при своей.
catalog-admin-categories = Темы
catalog-admin-categories-note = Дерево тем: добавить, назвать, перенести, закрыть, закрепить за подразделением.
catalog-admin-categories-lead = Темы видит заявитель. Тема без слова о подразделении или приоритете берёт его у темы над ней.
catalog-admin-category-new = Новая тема
catalog-admin-category-below = Добавить внутрь
catalog-admin-officials = Должностные лица
catalog-admin-officials-note = Кому можно написать и кто занимает должность.
catalog-admin-officials-lead = Этим людям можно написать прямо. Письмо получает подразделение, которое на них работает.
catalog-admin-officials-none = Должностных лиц пока нет, поэтому услуга «Письмо должностному лицу» не показана.
catalog-admin-official = Должностное лицо
catalog-admin-official-new = Новое должностное лицо
catalog-admin-official-unit = Кто получает письма
catalog-admin-official-unit-hint = Приёмная или отдел, который готовит ответ
catalog-admin-official-open = Можно написать
catalog-admin-post-ru = Должность по-русски
catalog-admin-post-en = Должность по-английски
catalog-admin-holder-ru = Кто занимает, по-русски
catalog-admin-holder-en = Кто занимает, по-английски
catalog-admin-holder-hint = Фамилия, имя, отчество. Пусто, если должность свободна
catalog-admin-routes = Маршруты
catalog-admin-routes-note = Кому уходит обращение: правила по порядку и проба на прошлых обращениях.
catalog-admin-routes-lead = Правила пробуют по порядку, действует первое подошедшее. Что не подошло ни к одному, получает подразделение темы, а без него — подразделение по умолчанию.
catalog-admin-route = Правило
catalog-admin-route-new = Новое правило
catalog-admin-route-idle = подразделение закрыто
catalog-admin-route-lead = Что оставлено пустым, подходит любое.
catalog-admin-route-reason-hint = Её увидит заявитель: «Снег во дворах убирает отдел благоустройства»
catalog-admin-route-position-hint = Чем меньше число, тем раньше пробуют правило
catalog-admin-route-end = Убрать правило
catalog-admin-route-end-lead = Новые обращения по нему больше не пойдут. Поданные останутся где они есть.
catalog-admin-route-ended = Правило убрано
catalog-admin-trial = Проба на прошлых обращениях
catalog-admin-trial-lead = Последние обращения, которые лежат не там, куда их послали бы сегодняшние правила. Ничего не меняется.
catalog-admin-trial-has = Где сейчас
catalog-admin-trial-now = По нынешним правилам
catalog-admin-trial-then = По пробным правилам
catalog-admin-case = Обращение
catalog-admin-try = Попробовать на прошлых обращениях
catalog-admin-when = Если
catalog-admin-anything = Всё остальное
catalog-admin-reason = Причина
catalog-admin-reason-ru = Причина по-русски
catalog-admin-reason-en = Причина по-английски
catalog-admin-reason-hint = Например: приказ и его номер
catalog-admin-terms = Сроки
catalog-admin-terms-note = Какое правило закона у каждой услуги и темы, сроки ведомства с датой начала.
catalog-admin-terms-lead = Сроки по закону и правила самого ведомства. Отмеченные «настройка» можно менять с выбранного дня.
catalog-admin-term = Срок
catalog-admin-length = Длина
catalog-admin-length-unit = В каких днях
catalog-admin-article = Основание
catalog-admin-used = Где действует
catalog-admin-setting = настройка
catalog-admin-valid-from = Действует с
catalog-admin-calendar = Календарные дни
catalog-admin-working = Рабочие дни
catalog-admin-setting-new = Новая версия срока
catalog-admin-setting-lead = Начнёт действовать с выбранного дня. Обращения, зарегистрированные раньше, остаются при своём сроке.
catalog-admin-law-fixed = Этот срок задан законом: его меняет только новая редакция закона, она приходит с обновлением программы.
catalog-admin-code = Код
catalog-admin-code-hint = Маленькие латинские буквы, цифры, точки и дефисы. Потом не меняется
catalog-admin-name-ru = Название по-русски
catalog-admin-name-en = Название по-английски
catalog-admin-parent = Внутри темы
catalog-admin-parent-hint = Пусто — раздел верхнего уровня
catalog-admin-position = Порядок
catalog-admin-position-hint = Чем меньше число, тем выше в списке
catalog-admin-open = Предлагать в новых обращениях
catalog-admin-open-hint = Закрытая тема остаётся у тех обращений, где она уже есть
catalog-admin-handling = Как обрабатывать
catalog-admin-handling-lead = Что оставлено пустым, берётся у темы выше.
catalog-admin-service = Услуга
catalog-admin-service-hint = Куда ведёт поиск по этой теме
catalog-admin-unit = Подразделение
catalog-admin-unit-hint = Получит обращение, если ни одно правило маршрутов не подошло
catalog-admin-priority = Приоритет
catalog-admin-fast = Ускоренный ответ на сообщения
catalog-admin-fast-hint = Сообщения без входа по этой теме получают ускоренный срок
catalog-admin-subject = Тема
catalog-admin-subject-hint = Вместе со всеми темами внутри неё
catalog-admin-territory = Территория
catalog-admin-territory-hint = Вместе со всем внутри неё
catalog-admin-do = Что сделать
catalog-admin-closed = закрыта
catalog-admin-save = Сохранить
catalog-admin-saved = Сохранено
catalog-admin-service-new = Новая услуга
catalog-admin-section = Раздел
catalog-admin-state = Состояние
catalog-admin-public = Предлагается
catalog-admin-suspended = Не предлагается
catalog-admin-suspended-note = Услуга не предлагается. Поданные по ней обращения идут своим порядком.
catalog-admin-suspend = Перестать предлагать
catalog-admin-offer = Предлагать
catalog-admin-edit = Править текст
catalog-admin-copy = Сделать копию
catalog-admin-as-seen = Как её видят люди
catalog-admin-back-to = Вернуться к этой версии
catalog-admin-back-to-hint = Сначала увидите отличия от действующей, потом опубликуете новой версией.
catalog-admin-edit-lead = Форма услуги в виде текста. Проверьте её: ниже появятся страницы формы и отличия от действующей версии. Потом опубликуйте.
catalog-admin-new-lead = Форма услуги в виде текста: для начала это копия другой услуги. Назовите её своим code и своими словами и проверьте: ниже появятся страницы формы. Потом опубликуйте.
catalog-admin-overtaken = Пока вы писали, кто-то другой опубликовал версию { $version }. Ваш текст цел и ещё не опубликован. Ниже — чем он отличается от версии { $version }: строки с «−» из неё пропадут. Внесите чужие правки в свой текст, если они нужны, и опубликуйте.
catalog-admin-text = Текст услуги
catalog-admin-text-hint = Каждый вопрос начинается со строки [[form.steps.fields]]. Слова нужны на двух языках: ru и en
catalog-admin-check = Проверить и показать
catalog-admin-publish = Опубликовать
catalog-admin-published = Опубликовано: новая версия действует
catalog-admin-fault = В тексте ошибка
catalog-admin-good = Ошибок нет. Посмотрите отличия и страницы и опубликуйте.
catalog-admin-good-new = Ошибок нет. Посмотрите страницы и опубликуйте: услугу сразу увидят все.
catalog-admin-same = Ошибок нет. От действующей версии ничем не отличается.
catalog-admin-changed = Что изменится
catalog-admin-preview = Как будет выглядеть
catalog-admin-preview-lead = Страницы формы по порядку. Вопросы с условием показаны все.
catalog-admin-versions = Версии
catalog-admin-versions-lead = Обращение остаётся при той версии, по которой подано.
catalog-admin-version-now = Версия
catalog-admin-in-force = действует
catalog-admin-written-here = Написана здесь
catalog-admin-waits = есть новая
catalog-admin-proposal = Новая версия из поставки
catalog-admin-proposal-waits = С обновлением программы пришла новая версия этой услуги. Ваша правка не тронута.
catalog-admin-proposal-look = Посмотреть отличия
catalog-admin-proposal-take = Взять новую версию
catalog-admin-proposal-keep = Оставить свою
catalog-admin-days = { $days ->
    [one] { $days } календарный день
    [few] { $days } календарных дня
   *[other] { $days } календарных дней
}
catalog-admin-working-days = { $days ->
    [one] { $days } рабочий день
    [few] { $days } рабочих дня
   *[other] { $days } рабочих дней
}
catalog-admin-trial-found = Проверено обращений: { $tried }. Отличается: { $differ }.
catalog-admin-version = Версия { $version }
catalog-admin-shipped = Из поставки, версия { $version }
catalog-admin-proposal-lead = Версия { $version } из поставки рядом с той, что действует. Возьмите её или оставьте свою.
catalog-admin-line = Строка { $line }
catalog-error-withdrawn = Эту услугу больше не предлагают. Выберите другую в разделе «Услуги»
catalog-error-code-unfinished = Допишите код после точки: он останется навсегда
catalog-error-code-taken = Такой код уже есть: придумайте другой
catalog-error-position = Нужно целое число, не меньше нуля
catalog-fault-unreadable = Текст не читается: { $name }
catalog-fault-unknown = «{ $name }» здесь писать нельзя: проверьте слово и место
catalog-fault-missing = Не хватает строки «{ $name } = …»
catalog-fault-variant = «{ $name }» не из тех значений, что здесь можно выбрать
catalog-fault-type-text = Здесь нужен текст в кавычках
catalog-fault-type-number = Здесь нужно целое число без кавычек
catalog-fault-type-yes = Здесь нужно true или false без кавычек
catalog-fault-type-list = Здесь нужен список в квадратных скобках: [ "…", "…" ]
catalog-fault-type-table = Здесь нужны именованные части в фигурных скобках: {"{"} ru = "…", en = "…" {"}"}
catalog-fault-parts = Одного слова здесь мало, нужны и части. Например: kind = {"{"} text = {"{"} max = 200 {"}"} {"}"}. Образцы — в помощи по этой странице
catalog-fault-key-twice = Одно и то же слово стоит слева от «=» дважды. Проверьте и строки [[…]] выше: у них по две скобки
catalog-fault-quotes = Здесь нужно значение: текст в прямых кавычках "…" с двух сторон, число или true и false без кавычек
catalog-fault-value = После слова нет значения: нужно «слово = значение»
catalog-fault-key = Слева от «=» стоит то, что словом быть не может: нужны латинские буквы
catalog-fault-marks = Не хватает запятой или закрывающей скобки
catalog-fault-format = Нужен формат 1
catalog-fault-code = «{ $name }» не код: маленькие латинские буквы, цифры, точки и дефисы
catalog-fault-other-code = Код услуги менять нельзя: «{ $name }»
catalog-fault-version = Версия начинается с 1
catalog-fault-words = У «{ $name }» нет слов на одном из языков
catalog-fault-answer = Нет срока ответа: в «{ $name }» нужна запись answer
catalog-fault-states = Список состояний пуст или что-то названо дважды: { $name }
catalog-fault-attachments = Так написать вложения нельзя: { $name }
catalog-fault-rule = Правила срока «{ $name }» в законе нет
catalog-fault-large = Слишком много: сократите форму
catalog-fault-empty = «{ $name }» ничего не спрашивает
catalog-fault-name = «{ $name }» не имя: маленькие латинские буквы, цифры и подчёркивания, не больше 40
catalog-fault-twice = «{ $name }» стоит дважды
catalog-fault-limits = Пределы «{ $name }» таковы, что ответить нельзя
catalog-fault-group = «{ $name }» не может стоять внутри группы
catalog-fault-second = «{ $name }»: тема и место в форме могут быть только одни
catalog-fault-within = Темы «{ $name }» сужаются не по значениям выбора из прошлого шага
catalog-fault-needs = Выбор требует «{ $name }», а это не текст того же или следующего шага, который видят все
catalog-fault-condition = Условие вопроса «{ $name }» (when) смотрит на вопрос, которого нет на прошлых страницах формы, или на ответ, которого у того вопроса нет

## Map
catalog-map = Или покажите на карте
catalog-map-hint = Нажмите на место: район выберется сам. Карта не обязательна, хватит списка и адреса
catalog-map-alt = Карта районов: нажмите на место события
catalog-map-nearer = Приблизить карту
catalog-map-farther = Отдалить карту
catalog-error-outline = Границу так не начертить: нужны кольца хотя бы из трёх точек

## Organisations and people who file together
catalog-error-registered = В номере опечатка: сверьте с документом все { $digits } { $digits ->
    [one] цифру
    [few] цифры
   *[many] цифр
}
catalog-error-people = Нужен список людей
catalog-error-people-many = Не больше { $most } человек: остальных назовите в тексте обращения
catalog-error-people-contact = Укажите почту или почтовый адрес: иначе этому человеку не ответить
catalog-person-nth = Соавтор { $number }
catalog-person-name = Фамилия, имя и отчество
catalog-person-email = Электронная почта
catalog-person-address = Почтовый адрес
catalog-person-contact = Нужна почта или почтовый адрес. Если с этой почтой есть учётная запись, человек увидит тему и текст обращения и решит, участвует ли он. После согласия увидит и место, документы и переписку, но не ваши телефон, почту и адрес. Если записи нет, придут письма о том, как идёт дело
catalog-person-add = Добавить соавтора
catalog-person-add-more = Добавить ещё одного
catalog-person-remove = Убрать
catalog-must-sign-in = Здесь нужен вход: по учётной записи видно, чьи это данные, и ответ не попадёт к другому. Без входа можно написать через другие услуги:
catalog-service-question = Непонятно или что-то не так?
catalog-service-question-text = Напишите тем, кто ведёт портал: адрес этой страницы приложится сам.

## Регламент
catalog-regulation = Регламент: сроки услуг
catalog-regulation-lead = Все сроки, по которым работают с обращениями, и статьи, которые их задают. По этим же правилам считают срок каждого обращения. Страницу можно распечатать.
catalog-regulation-terms = Сроки
catalog-regulation-what = Что делают
catalog-regulation-length = Срок
catalog-regulation-article = Основание
catalog-regulation-own = установлено на этом сайте
catalog-regulation-within = не дольше чем { $length }
catalog-regulation-at-once = сразу
catalog-regulation-at-most = всего не больше чем { $length }
catalog-regulation-extension = Продление срока ответа, о нём сообщают заявителю
catalog-regulation-pause = Остановка срока, пока ждут документы заявителя
catalog-regulation-service = Об услуге
catalog-regulation-subjects = Темы со своим сроком
catalog-regulation-common = Для всех услуг
catalog-regulation-days-off = Считать начинают со следующего дня. Если последний день выходной, срок переходит на ближайший рабочий день. Как посчитан срок вашего обращения, видно на его странице.

catalog-sign-in-and-go = Войти и продолжить

## Внутренняя цель срока
catalog-admin-target = Внутренняя цель, дней
catalog-admin-target-hint = Раньше срока, в тех же днях. Её не видят заявители; по ней сверяют работу в «Контроле сроков»
catalog-admin-target-new = Своя цель внутри срока
catalog-admin-target-is = цель: { $length }
catalog-error-setting-target = Цель — от 1 дня и не длиннее самого срока

## The interface for administrators

catalog-error-both = Пришлите либо дерево, либо текст: вместе они не нужны

## Basis of a term
catalog-service-basis = Основание: { $article }

## Порядок правил
catalog-admin-everything = Всё подряд
catalog-admin-route-covers = правила ниже не сработают
catalog-admin-route-behind = не сработает: всё забирает правило { $position }
catalog-error-position-taken = Это место занято другим правилом

## The point on the map
catalog-place-point = Точка на карте
catalog-point-drop = Убрать точку
catalog-error-point = Это не точка на карте: нужны широта и долгота, например 57.69281, 39.63822

## Decisions by rule
catalog-rules = Правила решений
catalog-rules-lead = По этим правилам дела услуги решаются без участия человека, или по ним предлагается решение, которое подтверждает должностное лицо: как именно, сказано в самих правилах. Правила пишет администратор, утверждает руководитель с правом подписи; кто писал, тот не утверждает. Дело решается по той версии, при которой подано.
catalog-rules-unmarked = Правил у этой услуги быть не может: в её описании нет пометки decision (услуга без усмотрения или справочный вопрос). Жалобы решают только люди.
catalog-rules-none = Правил ещё нет: решают люди.
catalog-rules-edit = Изменить правила
catalog-rules-edit-lead = Правила по порядку: решает первое, все условия которого выполнены; если не подошло ни одно, решает человек. У каждого правила должен быть пример, и все примеры должны сходиться.
catalog-rules-text = Текст правил
catalog-rules-good = Ошибок нет, все примеры сходятся.
catalog-rules-save = Сохранить черновик
catalog-rules-replay = Прогон по прошлым делам
catalog-rules-replay-do = Прогнать по прошлым делам
catalog-rules-replayed = { $tried ->
    [0] Дел этой услуги ещё нет.
    [one] Просмотрено последнее { $tried } дело этой услуги.
    [few] Просмотрены последние { $tried } дела этой услуги.
   *[many] Просмотрены последние { $tried } дел этой услуги.
}
catalog-rules-by-person = Решит человек
catalog-rules-saved = Из дел, решённых людьми, правила решили бы { $count }; заявители ждали по ним ответа вместе { $hours } ч.
catalog-rules-differ = Решили бы иначе, чем люди: { $count }
catalog-rules-rule = Правило
catalog-rules-would = По правилу
catalog-rules-did = Решили люди
catalog-rules-verdict-granted = удовлетворено
catalog-rules-verdict-explained = разъяснено
catalog-rules-verdict-refused = отказано
catalog-rules-verdict-other = иначе
catalog-rules-version = Версия { $version }
catalog-rules-in-force = действует
catalog-rules-draft = черновик
catalog-rules-proposed = ждёт утверждения
catalog-rules-approved = утверждена
catalog-rules-replaced = заменена
catalog-rules-withdrawn = остановлена
catalog-rules-product = поставлено с программой
catalog-rules-told-written = Текст: { $name }, { $at }
catalog-rules-told-proposed = На утверждение: { $name }, { $at }
catalog-rules-told-approved = Утверждение: { $name }, { $at }
catalog-rules-told-withdrawn = Остановка: { $name }, { $at }
catalog-rules-told-unit = Подразделение: { $unit }
catalog-rules-told-from = Первый день действия: { $date }
catalog-rules-propose = На утверждение
catalog-rules-propose-lead = Правила утвердит руководитель, который подписывает ответы этого подразделения. Решать они будут только его дела и дела подразделений ниже.
catalog-rules-propose-do = Отправить на утверждение
catalog-rules-unit = От имени подразделения
catalog-rules-from = Действует с
catalog-rules-approve = Утверждение
catalog-rules-approve-lead = С указанного дня дела будут решаться по этим правилам без участия человека. В каждом ответе будет названо правило и ваше имя. Остановить правила можно в любой момент.
catalog-rules-replaces = Сейчас действует версия { $version }: с первого дня новой она перестанет действовать. Если потом остановить новую, прежняя сама не вернётся.
catalog-rules-approve-do = Утвердить
catalog-rules-stop = Остановить правила
catalog-rules-stop-lead = Сразу: дела, которые правила ещё не решили, и все новые достанутся людям.
catalog-rules-reason = Причина
catalog-rules-said-proposed = Правила отправлены на утверждение
catalog-rules-said-approved = Правила утверждены
catalog-rules-said-stopped = Правила остановлены: решают люди
catalog-rules-desk = Правила решений
catalog-rules-desk-lead = Правила, которые ждут вашего утверждения, и те, что решают дела от имени ваших подразделений.
catalog-rules-desk-none = Таких правил нет.
catalog-rules-crumb = Рабочее место
catalog-rules-error-own = Правила написали или отправили на утверждение вы сами: утвердить их должен другой руководитель
catalog-rules-error-day = Укажите день не раньше сегодняшнего
catalog-rules-error-reason = Назовите причину: от { $min } до { $max } знаков
catalog-fault-decision = Жалобы решают люди: убрать «{ $name }»
catalog-rules-fault-service = У услуги «{ $name }» правил быть не может
catalog-rules-fault-none = Нет ни одного правила
catalog-rules-fault-many = Слишком много: { $name }
catalog-rules-fault-answer = Текст ответа правила «{ $name }» должен быть от 20 до 10 000 знаков
catalog-rules-fault-grounds = Отказ правила «{ $name }» не называет основание в законе: grounds
catalog-rules-fault-correct = Отказ правила «{ $name }» не говорит, что можно исправить: to_correct
catalog-rules-fault-link = Ссылка должна начинаться с https://: { $name }
catalog-rules-fault-field = В форме нет вопроса «{ $name }»
catalog-rules-fault-kind = Так вопрос «{ $name }» использовать нельзя: он другого вида
catalog-rules-fault-value = Такого варианта в вопросе нет: «{ $name }»
catalog-rules-fault-category = Темы «{ $name }» нет
catalog-rules-fault-territory = Территории «{ $name }» нет
catalog-rules-fault-channel = Канала «{ $name }» нет
catalog-rules-fault-placeholder = Подстановка не читается: «{ $name }»
catalog-rules-fault-option = Вариант «{ $name }» не называет услугу: исключите его условием
catalog-rules-fault-choice = Об услуге можно спросить только по вопросу с выбором: «{ $name }»
catalog-rules-fault-maybe = Ответа на вопрос «{ $name }» может не быть: добавьте условие, что он дан
catalog-rules-fault-expected = Правила «{ $name }» нет
catalog-rules-fault-differs = Пример «{ $name }» даёт другой исход
catalog-rules-fault-no-example = У правила «{ $name }» нет примера
catalog-rules-in-words = Правила словами
catalog-rules-mode-automatic = Правила решают дело сами, без участия человека.
catalog-rules-mode-advisory = Правила предлагают решение, его подтверждает должностное лицо.
catalog-rules-examples = Правила проверены на примерах: { $count }.
catalog-rules-when = Если:
catalog-rules-when-always = Подходит любому делу, которому не подошли правила выше.
catalog-rules-else = Если не подошло ни одно правило, решает человек.
catalog-rules-answer = Что ответят. В квадратных скобках — то, что подставится из дела и описания услуги
catalog-rules-to-correct = Что можно исправить
catalog-rules-next-steps = Что делать дальше
catalog-rules-grounds = Основание
catalog-rules-when-equals = { $label }: «{ $wanted }»
catalog-rules-when-one_of = { $label }: что-то одно из «{ $wanted }»
catalog-rules-when-yes = { $label }: отмечено
catalog-rules-when-given = { $label }: ответ дан
catalog-rules-when-not_given = { $label }: ответа нет
catalog-rules-when-number = { $label }: число { $bounds }
catalog-rules-when-date = { $label }: день { $bounds }
catalog-rules-when-age = { $label }: с этого дня прошло полных лет { $bounds }
catalog-rules-when-days = { $label }: с этого дня прошло дней { $bounds }
catalog-rules-when-category = Тема: «{ $wanted }» или внутри неё
catalog-rules-when-territory = Место: «{ $wanted }» или внутри
catalog-rules-when-channel = Как подано: { $wanted }
catalog-rules-when-identified = Личность заявителя подтверждена
catalog-rules-when-not_identified = Личность заявителя не подтверждена
catalog-rules-when-not = Неверно, что { $inside }
catalog-rules-when-any = Верно хотя бы одно: { $inside }
catalog-rules-bounds-from = от { $from }
catalog-rules-bounds-to = до { $to } включительно
catalog-rules-bounds-between = от { $from } до { $to } включительно
catalog-rules-channel-web = на сайте
catalog-rules-channel-api = из другой программы
catalog-rules-channel-phone = по телефону
catalog-rules-channel-paper = письмом на бумаге
catalog-rules-channel-visit = на личном приёме
catalog-rules-channel-email = по электронной почте
catalog-rules-blank-name = название услуги
catalog-rules-blank-summary = что это за услуга
catalog-rules-blank-who = кому она доступна
catalog-rules-blank-needed = что понадобится
catalog-rules-blank-happens = что будет дальше
catalog-rules-blank-term = срок ответа
catalog-rules-blank-article = основание срока
catalog-rules-blank-address = адрес страницы услуги
catalog-rules-blank-number = номер дела
catalog-rules-blank-filed_on = день подачи
catalog-rules-approve-lead-advisory = С указанного дня по этим правилам будут предлагаться решения. Каждое подтвердит должностное лицо, в ответе будет названо правило и ваше имя. Остановить правила можно в любой момент.
catalog-rules-turn-down = Не утверждать
catalog-rules-turn-down-lead = Эта версия не вступит в силу. Причину прочитает тот, кто её писал. Правила, которые уже действуют, останутся.
catalog-rules-turned-down = не утверждена
catalog-rules-told-turned-down = Отказ: { $name }, { $at }
catalog-rules-said-turned-down = Правила не утверждены
