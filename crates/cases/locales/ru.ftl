# Слова обращений: главная, подача, дело, кабинет, проверка по номеру, реестр, рабочее место, доказательства.

home-title = Что нужно сделать?
home-lead = Напишите своими словами или введите номер обращения. Мы найдём услугу или покажем, что с вашим делом.
home-find-label = Что нужно сделать или номер обращения
home-find-hint = Например: снег
home-find = Найти
home-status = Проверить статус по номеру
home-sign-in = Войти
home-often = Чаще всего
home-tile-status = Узнать, что с обращением
home-tile-status-text = По номеру. Если подавали без входа, понадобится код возврата.
home-tile-register = Открытый реестр
home-tile-register-text = Обращения без личных данных: кто отвечает, до какого числа, чем закончилось.
home-tile-verify = Проверить доказательство
home-tile-verify-text = Убедитесь сами, что обращение записано и запись не меняли.
home-figures = Как отвечают ведомства за 30 дней
home-figures-none = За последние 30 дней обращений ещё не было. Цифры появятся здесь после первого.
home-figures-unknown = Сейчас показать цифры не получается. Обновите страницу через минуту.
home-figures-filed = Подано
home-figures-answered = Отвечено
home-figures-in-term = В срок
home-figures-median = Обычно отвечают за
home-figures-days = { $count ->
    [0] тот же день
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}
home-figures-behind = Обращения в открытом реестре

file-back = Назад
file-next = Продолжить
file-later = Отложить
file-operators-own = Это ваше собственное обращение. Звонок, письмо и личный приём записывают в приёмной.
file-tips = Как написать, чтобы ответили по существу
file-guest = Без входа это будет сообщение: на него тоже ответят, но срок задан не законом, а регионом; к ответу вы вернётесь по коду. Чтобы отправить { $formal }, войдите: написанное не пропадёт.
file-will-save = Черновик сохранится, когда вы нажмёте «Продолжить».
file-saved = Черновик сохранён { $when }.
file-saved-guest = Вернуться к нему можно с этого устройства в течение 12 часов.
file-saved-account = Он ждёт вас в личном кабинете, в том числе на другом устройстве.
file-review-step = Проверка
file-review-title = Проверьте и отправьте
file-review-lead = После отправки текст не меняется, но его можно дополнить. Контакты и адрес можно исправить.
file-review-missing = Осталось заполнить
file-change = Изменить
file-fill-in = Заполнить
file-consent-title = Согласие на обработку данных
file-consent-text-1 = Я соглашаюсь, что { $operator } будет обрабатывать данные, которые указаны в этом обращении: фамилию, имя, отчество, адреса, телефон и всё, что написано в тексте.
file-consent-text-2 = Данные нужны только для того, чтобы рассмотреть обращение и ответить на него. Их увидят сотрудники, которые занимаются этим делом; каждый просмотр записывается. В открытом реестре этих данных нет.
file-consent-text-3 = Согласие действует, пока обращение рассматривают и хранят по закону. Его можно отозвать, если написать нам; тогда ответить на обращение мы не сможем.
file-consent = Я согласен на обработку моих данных
file-formal = Вы вошли, поэтому порядок рассмотрения — { $formal }.
file-what-next = Сразу после отправки вы получите номер и увидите, до какого числа ответят. Ответ появится на странице обращения.
file-what-next-guest = Сразу после отправки вы получите номер, дату ответа и код возврата. Запишите код: только по нему можно прочитать ответ.

case-receipt-accepted = Принято
case-receipt-title = Обращение отправлено
case-receipt-number = Номер обращения
case-receipt-due = Ответят
case-receipt-download = Подписанная квитанция для проверки
case-code-title = Запишите код возврата
case-code-text = Вы подали обращение без входа. По номеру и этому коду вы прочитаете ответ и допишете, если забыли что-то важное. Сфотографируйте код, перепишите или сохраните расписку: на этом устройстве его видно двенадцать часов, потом мы его не покажем. Если потеряете, новый выдаст приёмная, когда убедится, что обращение ваше.
case-next-title = Что будет дальше
case-next-unit = Обращение уже передано: { $unit }.
case-next-rule = Если решение можно принять по правилу, оно появится на странице обращения в течение минуты. Ниже — что будет, если нет.
case-next-question = Специалист разберётся. Если что-то неясно, он задаст вопрос на странице обращения.
case-next-answer = Руководитель проверит ответ, и он появится на странице обращения.
case-keep-title = Сохраните себе
case-keep-text = Расписка — для вас, её можно распечатать. Остальное нужно, если придётся доказывать: квитанция подписана и показывает, когда и под каким номером обращение принято, доказательство — что запись о нём стоит в общем журнале.
case-proof-download = Скачать доказательство
case-proof-check = Проверить доказательство
case-proof-soon = Доказательство готово через несколько секунд после отправки.
case-proof-wait-title = Доказательство готовится
case-proof-wait = Журнал запечатывает последние записи. Это занимает несколько секунд: подождите немного и скачайте доказательство.
case-proof-again = Скачать
case-open = Открыть обращение

case-number-of = { $service } { $number } от { $date }
case-carried-over = перенесено
case-back = Обращение { $number }
case-state-registered = Принято
case-state-in_work = В работе
case-state-in_agreement = На согласовании
case-state-decided = Ответ готов
case-state-closed = Завершено
case-outcome-satisfied = Удовлетворено
case-outcome-partly = Удовлетворено частично
case-outcome-explained = Разъяснено
case-outcome-refused = Отказано
case-answer = Ответ
case-answer-ready = Ответ готов
case-answer-show = Прочитать ответ
case-answer-author = Подготовил ответ: { $name }
case-answer-head = согласовал: { $name }
case-waits-title = От вас ждут ответа
case-waits-text = Специалист задал вопрос. Срок ответа по обращению при этом не останавливается.
case-waits-do = Ответить
case-waits-short = ждут вас
case-stages = Ход дела
case-stage-registered = Принято
case-stage-routed = Передано: { $unit }
case-stage-in_work = В работе
case-stage-in_work-ahead = специалист возьмёт обращение в работу
case-stage-in_agreement = Согласование ответа
case-stage-in_agreement-ahead = ответ проверит руководитель
case-stage-decided = Ответ
case-stage-closed = Завершено
case-filed-text = Что вы написали
case-filed-by-applicant = Что написал заявитель
case-text = Текст обращения
case-messages = Переписка
case-messages-none = Сообщений пока нет.
case-write-label = Написать по этому делу
case-write-hint = Дополните обращение или ответьте на вопрос специалиста
case-write-hint-answered = Ответ уже дан: на сообщение могут не ответить. Если вопрос не решён, подайте апелляцию: она в разделе «Что вы можете сделать»
case-write-hint-named = Ответ уже дан: на сообщение могут не ответить. Если вопрос не решён, апелляцию подаёт заявитель
case-write = Отправить сообщение
case-message-sent = Сообщение отправлено
case-live-say = Сведения о деле обновились
case-you = Вы
case-side-staff = Специалист
case-side-applicant = Заявитель
case-aside = Срок и сведения о деле
case-due = Ответят
case-due-was = Срок ответа был
case-due-none = Для этого обращения срок ответа не установлен.
case-left-working = { $days ->
    [one] из них { $days } рабочий
   *[many] из них { $days } рабочих
}
case-term-stands = Срок стоит
case-term-stands-since = Срок стоит с { $date }, пока ждут того, о чём попросили заявителя: на эти дни день ответа сдвинется
case-pause-cut = Дольше срок стоять не может: из { $days ->
    [one] { $days } дня
   *[many] { $days } дней
} ожидания засчитано { $counted }.
case-answered-in-term = Ответ дан { $date }, в срок
case-answered-late = Ответ дан { $date }, позже срока
case-fact-category = Тема
case-fact-regime = Порядок рассмотрения
case-fact-place = Место
case-fact-unit = Кто отвечает
case-fact-registered = Зарегистрировано
case-fact-outside = Номер в прежней системе
case-no-topic = Обращение
case-why-title = Почему эта дата?
case-why-regime = Порядок рассмотрения
case-why-version = Правило и его версия
case-why-source = Откуда правило
case-why-here = Почему обращение попало сюда
case-why-here-short = почему сюда
case-history = История
case-history-lead = Здесь всё, что происходило с обращением. Записи нельзя изменить незаметно: это можно проверить по доказательству.
case-history-when = Когда
case-history-what = Что произошло
case-history-who = Кто
case-history-none = Записей пока нет.
case-did-case-filed = Обращение принято и получило номер
case-did-case-carried_over = Обращение перенесено из прежней системы
case-did-case-taken = Специалист взял обращение в работу
case-did-case-assigned = Обращение поручено специалисту: { $name }
case-did-case-applicant_wrote = Написал заявитель
case-did-case-staff_wrote = Написал специалист
case-did-case-answer_drafted = Подготовлен черновик ответа
case-did-case-sent_for_agreement = Ответ отправлен на согласование
case-did-case-answer_recalled = Ответ взят с согласования обратно
case-did-case-answer_returned = Ответ возвращён на доработку
case-did-case-answered = Ответ дан. Решение: { $outcome }
case-did-case-closed = Дело завершено
case-did-something = Сведения о деле изменились
case-route-carried-over = Обращение перенесено из прежней системы (номер там: { $outside_number }). Им занималось: { $unit_ru }.

case-cabinet-title = Мои обращения
case-cabinet-notices = Уведомления
case-cabinet-own = Отправленные
case-cabinet-empty = Вы ещё ничего не отправляли
case-cabinet-empty-do = Пожалуйтесь, предложите или спросите: срок ответа вы увидите сразу.
case-cabinet-beside = вы участвуете
case-cabinet-by-code = Подавали без входа? Откройте по номеру и коду возврата
case-cabinet-file = Отправить обращение
case-drafts = Черновики
case-status-title = Проверить статус
case-status-lead = Введите номер: мы покажем, кто отвечает и до какого числа. Чтобы открыть обращение, поданное без входа, добавьте код возврата.
case-status-number = Номер обращения
case-status-number-hint = Например: А-2026-00000042-5
case-status-code = Код возврата
case-status-code-hint = Его показали при отправке: 16 знаков, например 7K2M-Q0XV-3NPA-9TRD. Потеряли — новый выдаст приёмная
case-status-do = Показать
case-status-sign-in = Подавали после входа?
case-status-public = Запись в открытом реестре
case-status-due = Срок ответа: { $due }
case-status-unknown = Обращения с таким номером нет. Проверьте номер по квитанции

case-error-consent = Без согласия мы не можем принять обращение. Поставьте отметку
case-error-wrong-code = Номер и код не подходят друг к другу. Проверьте оба
case-error-taken = Обращение уже взял другой специалист
case-error-no-specialist = Такого сотрудника в ваших подразделениях нет. Выберите из списка
case-error-no-draft = Черновика ответа нет. Сначала напишите ответ
case-error-draft-returned = Ответ вернули на доработку. Исправьте его и сохраните, потом отправьте снова
case-error-own-answer = Свой ответ согласовать нельзя. Это должен сделать другой руководитель
case-error-carried-over = Дело перенесено из прежней системы и завершено: изменить его нельзя
case-error-state = Дело изменилось, пока вы работали: сделать это сейчас нельзя. Посмотрите, что произошло
case-error-draft-filed = Это обращение уже отправлено
case-error-key-reused = С этим ключом уже отправлено другое обращение
case-error-no-service = Такого вида обращения нет

register-title = Открытый реестр обращений
register-lead = Здесь обращения, которые можно показать без личных данных и без слов заявителя. Список по вашему отбору можно отправить ссылкой.
register-filters = Отбор
register-filters-on = включён
register-filter = Отобрать
register-filter-off = Сбросить отбор
register-any = Все
register-topic = Тема
register-number = Номер
register-kind = Вид
register-category = Тема
register-what = Вид и тема
register-unit = Кто отвечает
register-received = Поступило
register-state = Состояние
register-due = Срок
register-answered = Ответ дан
register-answered-on = ответ { $date }
register-due-on = до { $date }
register-state-accepted = Принято
register-state-in_work = В работе
register-state-finished = Завершено
register-none = Ничего не нашлось
register-none-filtered = Под такой отбор не подходит ни одно обращение. Уберите одно из условий.
register-none-backwards = «Не раньше» стоит позже, чем «не позже»: поменяйте дни местами.
register-none-do = Обращений ещё нет. Ваше может стать первым.
register-entry-title = Обращение { $number }
register-entry-private = Имени и слов заявителя в реестре нет: их видят только он сам и те, кто отвечает.
register-proof = Доказательство
register-proof-text = Каждое событие этого дела записано в журнал, который нельзя изменить незаметно. Проверить это может каждый, даже без сети.
register-proof-1 = Скачайте файл.
register-proof-2 = Положите его на страницу проверки: проверит ваш браузер.
register-proof-3 = Или проверьте без сети: скачайте ключ и наберите команду.
register-proof-more = Нет программы okno? Проверьте скриптом
register-entry-own = Это ваше обращение?
register-entry-open = Откройте его по коду возврата
register-entry-open-own = Откройте его

desk-title = Рабочее место
desk-nav = Рабочее место
desk-queue = Очередь
desk-mine = Моя очередь
desk-unit = Подразделение
desk-agreement = Согласование
desk-more-than = { $count }+
desk-find = Найти дело по номеру или словам
desk-find-hint = Номер или слова
desk-waits = новое от заявителя
desk-waits-them = ждём заявителя
desk-waits-until = до { $date }
desk-term-share = Сколько срока прошло
desk-days = { $days ->
    [0] сегодня
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-days-over = { $days ->
    [one] просрочено на { $days } день
    [few] просрочено на { $days } дня
   *[many] просрочено на { $days } дней
}
desk-empty = Здесь пусто. Посмотрите очередь подразделения.
desk-empty-found = Такого номера у ваших подразделений нет. Введите его целиком, например А-2026-00000042-5, или одни цифры этого года без нулей: 42.
desk-choose = Выберите дело в очереди.
desk-due = Ответить
desk-tools = Действия
desk-take = Взять в работу
desk-taken = Вы взяли дело
desk-assign-label = Кому поручить
desk-assign = Поручить
desk-assigned = Дело поручено
desk-write-label = Сообщение заявителю
desk-write-wait = Жду ответа заявителя
desk-write = Отправить сообщение
desk-written = Сообщение отправлено заявителю
desk-talk-news = Новое в переписке: прочитать
desk-go-write = Написать заявителю
desk-go-answer = К ответу
desk-outcome = Решение
desk-answer-label = Текст ответа
desk-answer-hint = По существу каждого вопроса: что сделано или будет сделано, когда, на каком основании
desk-answer-save = Сохранить черновик
desk-answer-send = Отправить на согласование
desk-answer-saved = Черновик сохранён
desk-answer-sent = Ответ отправлен на согласование
desk-message-unsent = Сообщение заявителю ещё не отправлено
desk-answer-none = Ответа пока нет.
desk-answer-draft = Черновик
desk-answer-in_agreement = На согласовании
desk-answer-returned = Возвращён на доработку
desk-answer-delivered = Дан заявителю
desk-agree = Согласовать ответ
desk-agree-title = Согласовать ответ?
desk-agree-text = Заявитель сразу увидит этот ответ за вашей подписью, срок остановится. Отменить это нельзя.
desk-agree-do = Согласовать и отправить
desk-agreed = Ответ согласован, заявитель его видит
desk-remark = Замечание:
desk-remark-label = Что исправить
desk-return = Вернуть на доработку
desk-returned = Ответ возвращён на доработку
desk-close = Завершить дело
desk-close-title = Завершить дело?
desk-close-text = Дело уйдёт из очереди. Писать в нём больше нельзя будет ни вам, ни заявителю.
desk-close-do = Завершить
desk-closed = Дело завершено
desk-not-yet = Не сейчас
desk-nothing = Сейчас от вас по этому делу ничего не требуется.
desk-history-all = Вся история

verify-title = Проверить доказательство
verify-lead = Положите сюда файл доказательства или квитанцию. Вы узнаете, записано ли это в журнал и не меняли ли запись.
verify-file = Файл доказательства или квитанция
verify-file-hint = Файл с окончанием .tlog-proof или .receipt.txt. Его можно перетащить сюда мышью
verify-key = Открытый ключ журнала
verify-key-hint = Здесь стоит ключ этого сайта. Надёжнее взять его из другого места: из печатного издания или у того, кому вы доверяете
verify-do = Проверить
verify-no-file = Выберите файл, который нужно проверить
verify-working = Проверяем…
verify-failed = Проверить в браузере не получилось. Обновите страницу и попробуйте ещё раз
verify-how = Как это устроено
verify-how-1 = Каждое событие обращения попадает в журнал. Записи сцеплены так, что незаметно изменить, вставить или убрать ни одну нельзя.
verify-how-2 = Проверяет ваш браузер: файл никуда не отправляется. Если скрипты выключены, файл проверит сервер по тем же правилам.
verify-how-3 = Проверить можно и без этого сайта: программой okno или коротким скриптом на Python. Сеть им не нужна.
verify-how-script = Скачать скрипт (verify.py)
verify-how-key = Скачать открытый ключ журнала (vkey.txt)
verify-how-format = Описание формата, чтобы написать свою проверку (по-английски)
verify-valid = Доказательство верно
verify-valid-text = Записи стоят в журнале, цепочка без пропусков, подпись принадлежит указанному ключу.
verify-invalid = Доказательство неверно
verify-invalid-text = Что-то в файле не сходится: верить ему нельзя.
verify-unreadable = Файл не читается
verify-unreadable-text = Это не доказательство и не квитанция, либо файл повреждён.
verify-unsigned = Записи сходятся, подпись не проверена
verify-unsigned-text = Укажите открытый ключ журнала, чтобы узнать, чья это подпись.
verify-receipt = Квитанция верна
verify-receipt-text = Её подписал указанный ключ: обращение приняли под этим номером и в это время. Стоит ли запись в журнале и что было дальше, покажет доказательство дела.
verify-no-key = Ключ не читается
verify-part = Запись в файле: { $part }.
verify-reason-too-large = Файл слишком большой. Проверьте, тот ли это файл.
verify-reason-text = Это не доказательство и не квитанция. Выберите файл, который вы скачали здесь. Ответ в PDF проверяют на странице «Подлинность документа».
verify-reason-part = Запись в файле повреждена. Скачайте доказательство заново.
verify-reason-extra = Сведения в файле записаны не так, как должны. Скачайте доказательство заново.
verify-reason-header = Заголовок записи повреждён. Скачайте доказательство заново.
verify-reason-checkpoint = Контрольная точка повреждена. Скачайте доказательство заново.
verify-reason-receipt = Квитанция повреждена. Скачайте её заново.
verify-reason-key = Скопируйте ключ целиком, одной строкой. На бумаге напечатан не он, а его отпечаток: сверьте его с отпечатком, который появится здесь после проверки.
verify-reason-field = Показанные сведения не те, что записаны в журнал.
verify-reason-fields = Сведения записи не сходятся с её заголовком.
verify-reason-inclusion = Такой записи нет в журнале под этой контрольной точкой.
verify-reason-checkpoint-differs = Части файла ссылаются на разные контрольные точки.
verify-reason-origin = Контрольная точка принадлежит другому журналу.
verify-reason-version = В цепочке записей есть пропуск.
verify-reason-entity = В файле смешаны записи о разных делах.
verify-reason-chain = Запись не продолжает предыдущую.
verify-reason-order = Записи идут не в том порядке, в каком стоят в журнале.
verify-reason-unknown-key = Подписано другим ключом.
verify-reason-signature = Подпись не сходится.
verify-kind = Что это
verify-kind-proof = Доказательство дела
verify-kind-receipt = Квитанция
verify-number = Номер обращения
verify-recorded = Записано
verify-origin = Журнал
verify-size = Записей под контрольной точкой
verify-fingerprint = Отпечаток ключа
verify-entries = Что записано
verify-place = запись журнала № { $index }
verify-did-case-filed = Обращение принято
verify-did-case-carried_over = Обращение перенесено
verify-did-case-taken = Взято в работу
verify-did-case-assigned = Поручено специалисту
verify-did-case-applicant_wrote = Написал заявитель
verify-did-case-staff_wrote = Написал специалист
verify-did-case-answer_drafted = Подготовлен черновик ответа
verify-did-case-sent_for_agreement = Ответ отправлен на согласование
verify-did-case-answer_recalled = Ответ взят с согласования обратно
verify-did-case-answer_returned = Ответ возвращён на доработку
verify-did-case-answered = Ответ дан
verify-did-case-closed = Дело завершено
verify-field-number = Номер
verify-field-service = Вид обращения
verify-field-regime = Порядок рассмотрения
verify-field-category = Тема
verify-field-unit = Подразделение
verify-field-state = Состояние
verify-field-registered_on = День регистрации
verify-field-due_on = Срок ответа
verify-field-outcome = Решение
verify-field-source = Откуда поступило
verify-field-outside_number = Номер в прежней системе
verify-field-source_sha256 = Отпечаток исходной строки
verify-service-complaint = Жалоба
verify-service-proposal = Предложение
verify-service-information = Запрос информации
verify-source-web = С этого сайта
verify-source-api = Из другой программы
verify-source-import = Из прежней системы

## Kinds of appeal
verify-service-online = Жалоба на онлайн-сервис
verify-service-status = Вопрос о поданной заявке
verify-service-programme = Вопрос о государственной программе
verify-service-official = Письмо должностному лицу
verify-service-application = Заявление на услугу или документ
verify-service-certificate = Справка
verify-service-details = Исправление данных
verify-service-works = Дороги и благоустройство
verify-service-payment = Вопрос об оплате
verify-service-other = Другое обращение
home-tile-services = Все услуги
home-tile-services-text = Справки, оплата, письма должностным лицам и остальное.

## Work
case-state-checking = На проверке
case-state-waiting = Ожидание документов
case-state-forwarded = Направлено
case-state-cancelled = Отменено
case-state-approved = Удовлетворено
case-state-refused = Отказано
register-state-needs_documents = Нужны документы
case-outcome-forwarded = Направлено в другой орган
case-outcome-no_answer_due = Ответ по существу не даётся
case-outcome-returned = Возвращено
case-outcome-stopped = Переписка прекращена
case-outcome-withdrawn = Отозвано заявителем
desk-answer-agreed = Согласован, ждёт подписи
case-stage-checking = Проверка
case-stage-waiting = Ожидание документов
case-stage-forwarded = Направлено в другой орган
case-stage-cancelled = Отменено заявителем

case-did-case-check_started = Специалист проверяет то, что прислано
case-did-case-work_begun = Проверка закончена, начата работа
case-did-case-documents_requested = Заявителя попросили прислать: { $items }
case-did-case-resumed = Работа продолжена без ответа заявителя
case-did-case-redirected = Передано другому подразделению: { $unit }
case-did-case-forwarded = Направлено в другой орган: { $to }
case-did-case-cancelled = Заявитель отозвал обращение
case-did-case-reopened = Дело возобновлено. Срок ответа: { $date }
case-did-case-extended = Срок продлён на { $days } дн., до { $date }
case-did-case-delay_explained = Заявителю объяснили задержку. Ответ ожидается { $date }
case-did-case-corrected = Заявитель исправил данные: { $what }
case-did-case-recategorised = Исправлена тема: { $category }
case-did-case-part_added = Часть работы поручена: { $part_unit }
case-did-case-part_done = Соисполнитель закончил свою часть
case-did-case-part_withdrawn = Поручение соисполнителю снято
case-did-case-party_added = Добавлен участник: { $role }
case-did-case-party_removed = Участник исключён
case-did-case-answer_agreed = Ответ согласован и ждёт подписи
case-did-case-interim_answered = Дан промежуточный ответ. Срок идёт дальше
case-did-case-objected = Заявитель не согласен с ответом. Новое дело: { $number }
case-did-case-rated = Заявитель оценил работу: { $stars } из 5
case-did-case-rating_replied = Заявителю ответили на оценку
case-did-reason = Причина: { $reason }
case-did-remark = Замечание: { $remark }
verify-did-case-check_started = Начата проверка
verify-did-case-work_begun = Начата работа
verify-did-case-documents_requested = Запрошены документы
verify-did-case-resumed = Работа продолжена
verify-did-case-redirected = Передано другому подразделению
verify-did-case-forwarded = Направлено в другой орган
verify-did-case-cancelled = Отозвано заявителем
verify-did-case-reopened = Дело возобновлено
verify-did-case-extended = Срок продлён
verify-did-case-delay_explained = Объяснена задержка
verify-did-case-corrected = Исправлены данные
verify-did-case-recategorised = Исправлена тема
verify-did-case-part_added = Часть работы поручена соисполнителю
verify-did-case-part_done = Соисполнитель закончил свою часть
verify-did-case-part_withdrawn = Поручение соисполнителю снято
verify-did-case-party_added = Добавлен участник
verify-did-case-party_removed = Участник исключён
verify-did-case-answer_agreed = Ответ согласован
verify-did-case-interim_answered = Дан промежуточный ответ
verify-did-case-objected = Подана апелляция
verify-did-case-rated = Работа оценена
verify-did-case-rating_replied = Дан ответ на оценку

case-route-redirected = Обращение передали сюда из подразделения «{ $unit_ru }». Причина записана в истории.
case-route-objection = Это апелляция: вы не согласны с ответом на обращение { $number }. Её рассматривает вышестоящее подразделение.

case-error-service-skips = У этой услуги такого этапа нет
case-error-recall-anothers = Ответ написал другой специалист: забрать его может только он
case-error-agreed-already = Ответ уже согласован. Его осталось подписать
case-error-not-agreed = Подписать можно только согласованный ответ
case-error-item = Этот пункт закона подходит к другому решению. Измените решение или уберите пункт
case-error-many-items = Не больше { $most }
case-error-no-term = У этого обращения нет срока, который можно продлить
case-error-no-unit = Такого подразделения нет. Выберите из списка
case-error-same-unit = Обращение и так в этом подразделении
case-error-arbiter = Обращение уже передавали дважды. Куда его направить теперь, решает руководитель, которому подчинены оба подразделения
case-error-objection-back = Апелляцию нельзя вернуть тем, на чей ответ она подана (ч. 6 ст. 8 59-ФЗ). Выберите другое подразделение
case-error-forward-barred = Закон запрещает направлять жалобу тому, на кого жалуются (ч. 6 ст. 8 59-ФЗ). Назовите другой орган
case-error-past-day = Этот день уже прошёл. Назовите будущий
case-error-many-parts = У дела уже столько соисполнителей, сколько может быть
case-error-part-ended = Это поручение уже закончено
case-error-many-parties = У дела уже столько участников, сколько может быть
case-error-nothing-changed = Вы ничего не изменили
case-error-objected = Апелляция уже подана, её рассматривают
case-error-rated = Вы уже оценили эту работу
case-error-no-rating = Оценки без ответа здесь нет

case-item-anonymous = Нет фамилии или адреса (ч. 1 ст. 11 59-ФЗ). Никому сообщать не нужно
case-item-court = Обжалуется судебное решение (ч. 2 ст. 11). Вернуть за 7 дней, разъяснить порядок обжалования
case-item-abuse = Оскорбления или угрозы (ч. 3 ст. 11). Сообщить заявителю
case-item-unreadable = Текст не прочесть (ч. 4 ст. 11). Сообщить за 7 дней
case-item-unclear = Суть не определить (ч. 4.1 ст. 11). Сообщить за 7 дней
case-item-repeated = На этот вопрос отвечали многократно (ч. 5 ст. 11). Прекратить переписку, сообщить заявителю
case-item-published = Ответ есть на официальном сайте (ч. 5.1 ст. 11). Сообщить адрес страницы за 7 дней
case-item-secret = Ответ раскроет охраняемую тайну (ч. 6 ст. 11). Сообщить заявителю
case-item-barred = Жалобу некому направить, кроме того, на кого жалуются (ч. 7 ст. 8). Вернуть за 7 дней, разъяснить право на суд
case-item-by = сообщить до { $date }

case-answer-interim = Промежуточный ответ
case-answer-interim-text = Это ещё не решение. Срок ответа идёт дальше.
case-answer-grounds = Основания
case-answer-measures = Что сделано
case-answer-next_steps = Что делать дальше
case-answer-to_correct = Что можно исправить
case-answer-promises = Что обещано
case-answer-promise = { $date }: { $text }
case-answer-item = Почему нет ответа по существу
case-answer-signer = подписал: { $name }

case-asked-title = От вас ждут документы
case-asked-by = Попросил: { $name }
case-asked-how = Как прислать
case-asked-paused = Пока вы собираете документы, срок стоит.
case-asked-goes-on = Срок ответа при этом не останавливается.
case-asked-staff = Ждём от заявителя
case-extended-title = Срок продлён до { $date }
case-extended-text = Было до { $before }. Основание: { $ground }. Решил: { $name }
case-delayed-title = Ответ задерживается. Ждите его до { $date }
case-forwarded-title = Обращение направлено: { $to }
case-forwarded-text = Ответит этот орган. Наша работа по обращению закончена.
case-forwarded-late = Направлено позже, чем требует закон.
case-cancelled-title = Обращение отозвано
case-reopened-title = Дело возобновлено
case-redirected-title = Передано: из «{ $from }» в «{ $to }»
case-parts = Соисполнители
case-part-due = до { $date }
case-part-open = в работе
case-part-done = сделано
case-part-withdrawn = снято
case-parties = Участники
case-role-co_applicant = Соавтор обращения
case-role-representative = Представитель
case-role-other_side = Другая сторона
case-links = Связанные дела
case-link-objection = Апелляция на ответ по этому делу: { $number }
case-link-against = Апелляция на ответ по делу { $number }
case-rating = Оценка работы
case-rating-stars = { $stars } из 5
case-rating-reply = Ответ: { $name }
case-rating-no-reply = На оценку пока не ответили.
case-corrections = Исправления
case-correction-was = было: { $before }
case-correction-empty = не указано
case-field-email = Электронная почта
case-field-phone = Телефон
case-field-postal_address = Почтовый адрес
case-field-address = Место
case-field-addition = Дополнение
case-field-category = Тема
case-can-do = Что вы можете сделать

deed-back = Не сейчас
deed-reason = Причина
deed-reason-hint = Её увидит заявитель, она останется в истории
deed-text = Текст
deed-unit = Подразделение
deed-party-remove = Исключить
deed-start_check-title = Начать проверку
deed-start_check-lead = Дело перейдёт к вам в состоянии «На проверке»: проверьте, всё ли прислано, и начните работу или попросите недостающее.
deed-start_check-do = Начать проверку
deed-start_check-said = Вы проверяете обращение
deed-begin_work-title = Начать работу
deed-begin_work-lead = Присланное в порядке. Дело перейдёт в состояние «В работе».
deed-begin_work-do = Начать работу
deed-begin_work-said = Работа начата
deed-request_documents-title = Запросить документы
deed-request_documents-lead = Назовите каждый документ отдельной строкой. Дело подождёт в состоянии «Ожидание документов» и вернётся к вам с ответом заявителя.
deed-request_documents-paused = Закон разрешает остановить срок на это время: он остановится.
deed-request_documents-goes-on = Закон не разрешает остановить срок: он идёт дальше.
deed-request_documents-items = Что прислать
deed-request_documents-items-hint = Каждый документ с новой строки
deed-request_documents-instructions = Как прислать
deed-request_documents-do = Запросить
deed-request_documents-said = Заявителя попросили прислать документы
deed-resume-title = Продолжить без документов
deed-resume-lead = Дело вернётся в работу, хотя заявитель не ответил.
deed-resume-do = Продолжить
deed-resume-said = Работа продолжена
deed-redirect-title = Передать другому подразделению
deed-redirect-lead = Дело уйдёт в очередь другого подразделения. Срок ответа останется прежним.
deed-redirect-do = Передать
deed-redirect-said = Обращение передано
deed-forward-title = Направить в другой орган
deed-forward-lead = Если вопрос не в компетенции вашего ведомства, обращение направляют по статье 8 закона 59-ФЗ. Наша работа на этом закончится, заявитель это увидит.
deed-forward-by = Направить нужно до { $date }.
deed-forward-late = Срок, за который закон велит направить обращение, прошёл { $date }. Это останется в записи.
deed-forward-to = Куда
deed-forward-to-hint = Полное название органа
deed-forward-about = На кого жалуются
deed-forward-about-hint = Орган или должностное лицо, если это жалоба: туда её направлять нельзя
deed-forward-do = Направить
deed-forward-said = Обращение направлено
deed-extend-title = Продлить срок
deed-extend-lead = Срок продлевают в исключительных случаях и говорят об этом заявителю.
deed-extend-now = Сейчас ответить нужно до { $date }.
deed-extend-most = Можно продлить не больше чем на { $days } дн.
deed-extend-not-allowed = Правило этого срока продления не допускает.
deed-extend-days = На сколько дней
deed-extend-ground = Основание
deed-extend-do = Продлить
deed-extend-said = Срок продлён
deed-explain_delay-title = Объяснить задержку
deed-explain_delay-lead = Заявитель увидит, почему ответа ещё нет и когда его ждать. Срок по закону останется прежним.
deed-explain_delay-due = Ответ по закону: не позже { $date }
deed-explain_delay-expected_on = Когда ждать ответа
deed-explain_delay-do = Объяснить
deed-explain_delay-said = Заявитель увидит объяснение
deed-correct-title = Исправить тему
deed-correct-lead = Прежняя тема останется в истории. Подразделение и срок от этого не изменятся.
deed-correct-category = Тема
deed-correct-do = Исправить
deed-correct-said = Тема исправлена. Подразделение и срок прежние: если по новой теме отвечают другие, передайте им дело
deed-add_part-title = Добавить соисполнителя
deed-add_part-lead = Соисполнитель увидит дело и пришлёт результат своей части. За ответ отвечает ваше подразделение.
deed-add_part-task = Что сделать
deed-add_part-due_on = К какому дню
deed-add_part-do = Поручить
deed-add_part-said = Часть работы поручена
deed-report_part-title = Сообщить результат
deed-report_part-lead = Результат вашей части увидит ответственный исполнитель.
deed-report_part-part = Поручение
deed-report_part-result = Что сделано
deed-report_part-do = Сообщить
deed-report_part-said = Результат отправлен
deed-withdraw_part-title = Снять поручение
deed-withdraw_part-lead = Соисполнителю больше ничего не нужно делать, дело для него закроется.
deed-withdraw_part-part = Поручение
deed-withdraw_part-do = Снять
deed-withdraw_part-said = Поручение снято
deed-add_party-title = Добавить участника
deed-add_party-lead = Человек с учётной записью сначала увидит только тему и текст обращения. Согласится соавтор — увидит место, документы, переписку и ответ и сможет писать; ваших телефона, почты и адреса не увидит. Согласится представитель — увидит всё и сможет то же, что вы. Другую сторону только называют.
deed-add_party-staff-lead = Участника назовут в деле, но сам он дело не откроет: пригласить человека с учётной записью может только заявитель.
deed-add_party-role = Кто это
deed-add_party-name = Имя или название
deed-add_party-email = Почта учётной записи
deed-add_party-email-hint = Если у человека есть учётная запись с этой почтой, мы спросим его согласия; если нет, соавтор и представитель получат письма о том, как идёт дело
deed-add_party-note = Что ещё нужно знать
deed-add_party-note-hint = Например, номер и дата доверенности
deed-add_party-do = Добавить
deed-add_party-said = Участник добавлен
deed-approve-title = Согласовать без подписи
deed-approve-lead = Ответ будет согласован и останется ждать подписи. Подписать его сможет любой, у кого есть право подписи, в том числе вы.
deed-approve-do = Согласовать
deed-approve-said = Ответ согласован и ждёт подписи
deed-sign-title = Подписать ответ
deed-sign-lead = Заявитель сразу увидит этот ответ. Отменить это нельзя.
deed-sign-do = Подписать и отправить
deed-sign-said = Ответ подписан, заявитель его видит
deed-reopen-title = Возобновить дело
deed-reopen-lead = Дело вернётся в работу, срок ответа начнётся заново.
deed-reopen-do = Возобновить
deed-reopen-said = Дело возобновлено
deed-reply_to_rating-title = Ответить на оценку
deed-reply_to_rating-lead = Ответ увидит заявитель рядом со своей оценкой.
deed-reply_to_rating-do = Ответить
deed-reply_to_rating-said = Ответ отправлен
deed-own-correct-title = Исправить данные
deed-own-correct-lead = Что было и что стало, сохранится в деле.
deed-own-correct-addition = Что добавить к написанному
deed-own-correct-do = Сохранить
deed-own-correct-said = Данные исправлены
deed-cancel-title = Отозвать обращение
deed-cancel-lead = Рассматривать обращение перестанут, ответа не будет. Вернуть его нельзя, но можно подать новое.
deed-cancel-do = Отозвать
deed-cancel-said = Обращение отозвано
deed-object-title = Возразить на ответ
deed-object-lead = Откроется новое дело: апелляцию рассмотрит вышестоящее подразделение. Оно увидит и ваше обращение, и ответ.
deed-object-reasons = С чем вы не согласны
deed-object-do = Подать апелляцию
deed-object-said = Апелляция подана
deed-rate-title = Оценить работу
deed-rate-lead = Оценка и ответ на неё появятся на странице обращения.
deed-rate-stars = Оценка
deed-rate-star = { $stars ->
    [1] 1: плохо
    [5] 5: отлично
   *[other] { $stars }
}
deed-rate-comment = Что было хорошо, что плохо
deed-rate-do = Оценить
deed-rate-said = Спасибо, оценка записана

desk-answer-more = Части ответа
desk-answer-interim = Промежуточный ответ: срок не остановится
desk-answer-grounds-hint = Факты и нормы, на которых стоит решение. При отказе обязательно
desk-answer-to_correct-hint = Как заявитель может добиться своего. При отказе обязательно
desk-answer-item-label = Почему ответ по существу не даётся
desk-answer-item-hint = Только для решений «Ответ по существу не даётся», «Возвращено», «Переписка прекращена»
desk-answer-promises-hint = Каждое обещание с новой строки: сначала день, потом что будет сделано. Например: 25.12.2026 убрать снег
case-error-promise = Начните каждую строку с дня, например: 25.12.2026 убрать снег

## Papers
paper-answer-title = Ответ № { $number }
paper-answer-about = О рассмотрении обращения «{ $topic }»
paper-interim-about = О ходе рассмотрения обращения «{ $topic }»
paper-date-number = { $date } № { $number }
paper-reply-to = На № { $number } от { $date }
paper-to = Кому
paper-decision = Решение: { $outcome }.
paper-measures = Что сделано
paper-grounds = На каком основании
paper-to-correct = Что можно исправить
paper-promises = Что будет сделано
paper-promise = До { $date }: { $text }
paper-next-steps = Что делать дальше
paper-signed-post = Уполномоченное должностное лицо
paper-signed-line = Подписано и выдано в системе «{ $title }» { $date }.
paper-performer = Исполнитель: { $name }
paper-receipt-title = Обращение № { $number }: расписка
paper-receipt-heading = Расписка о приёме обращения
paper-receipt-text = Обращение принято и записано в открытый журнал. Дата ответа посчитана по закону и указана ниже.
paper-received = Поступило
paper-due = Ответят не позднее
paper-no-term = Срок не установлен
paper-service = Вид обращения
paper-topic = О чём
paper-applicant = Заявитель
paper-state = Состояние
paper-return-code = Код возврата
paper-term-counted = Как посчитан срок
paper-history-title = Ход рассмотрения обращения { $number }
paper-history-list = Что произошло
paper-check-page = Страница
paper-check-number = Номер обращения
paper-check-code = Код документа
paper-check-key = Ключ журнала
paper-check-answer-title = Подлинность ответа может проверить каждый
paper-check-answer-text = Наведите камеру на код или введите номер и код документа на странице проверки. Личных данных там нет.
paper-check-answer-alt = Код с адресом страницы, которая проверяет этот документ
paper-check-receipt-title = Где следить за обращением
paper-check-receipt-text = Наведите камеру на код: откроется страница с состоянием обращения.
paper-check-receipt-alt = Код с адресом страницы состояния обращения
paper-check-history-title = Как проверить
paper-check-history-text = Каждая строка записана в открытый журнал. По коду можно скачать доказательство и проверить его самостоятельно.
paper-check-history-alt = Код с адресом доказательства
paper-download = Скачать PDF
paper-print = Печать
case-did-case-answer_printed = Ответ напечатан в PDF
verify-did-case-answer_printed = Ответ напечатан в PDF
verify-field-outgoing = Исходящий номер
verify-field-paper_sha256 = SHA-256 файла

## Genuineness
genuine-title = Подлинность документа
genuine-lead = Здесь можно узнать, действительно ли ответ на бумаге или в файле выдан через эту систему. Расписки здесь не проверяют. Личные данные и текст ответа не показываются.
genuine-by-code = По номеру и коду
genuine-by-file = По файлу
genuine-number = Номер обращения
genuine-number-hint = Например, А-2026-00000042-5; исходящий номер ответа тоже подойдёт
genuine-code = Код документа
genuine-code-hint = Восемь знаков внизу ответа, рядом с квадратным кодом
genuine-file = Файл ответа (PDF)
genuine-file-hint = Файл не сохраняется: сверяется только его отпечаток
genuine-no-file = Выберите файл
genuine-working = Считаем отпечаток файла…
genuine-do = Проверить
genuine-yes = Да, такой ответ выдан
genuine-yes-text = Сверьте эти сведения с документом. Если что-то не совпадает, документ изменён.
genuine-yes-file = Файл в точности тот, который выдала система: в нём ничего не изменено.
genuine-yes-followed = Такой ответ выдан, но после него в этом обращении выдан ещё один, более поздний.
genuine-no = Такой ответ не выдавался
genuine-unknown-code = Проверьте номер и код. Если они набраны верно, документ не был выдан через эту систему.
genuine-unknown-file = Этот файл — не тот ответ, который выдала система: его могли изменить или пересохранить. Расписки и истории здесь не проверяют, только ответы. Проверьте ответ по номеру и коду.
genuine-outgoing = Исходящий номер
genuine-unit = Кто выдал
genuine-when = Когда
genuine-outcome = Решение
genuine-interim = Промежуточный ответ, решения ещё нет
genuine-hash = Отпечаток файла (SHA-256)
genuine-register = Обращение { $number } в реестре
deed-party-removed = Участник исключён
desk-parts = Соисполнение

## Documents
case-documents-title = Документы
case-documents-lead = Приложите снимки, справки, выписки, если они есть. Без документов обращение тоже примут.
case-documents-tips = Как приложить
case-documents-tip-1 = Снимайте документ целиком, при хорошем свете, чтобы текст читался
case-documents-tip-2 = Приложите только то, что относится к делу: данные других людей закройте
case-documents-tip-3 = Сведения о месте и времени съёмки из копий для других удаляются, оригинал хранится закрытым
case-documents-asked = Что нужно
case-documents-attached = Приложено
case-documents-there = Документы дела
case-documents-none = Документов пока нет
case-documents-of = Обращение { $number }
case-documents-files = Файлы
case-documents-hint = { $formats }. Файл до { $size } МБ, не больше { $most ->
    [one] { $most } файла
   *[other] { $most } файлов
  }
case-documents-slot = К чему относится файл
case-documents-slot-none = Другое
case-documents-add = Приложить
case-documents-full = Приложено { $most ->
    [one] { $most } файл
    [few] { $most } файла
   *[other] { $most } файлов
  }: больше здесь приложить нельзя. Удалите лишнее или пришлите остальное после отправки
case-documents-add-title = Приложить ещё
case-documents-add-first = Приложить документ
case-documents-add-own = Специалист увидит новые документы сразу
case-documents-add-staff = Заявитель увидит документ на странице обращения
case-documents-closed = Дело сейчас не принимает документов
case-documents-send = Приложить документы
case-documents-link = Документы: посмотреть и приложить
case-documents-none-given = Снимки, справки, выписки можно приложить сейчас или позже
case-document-remove = Удалить
case-document-removed = Файл удалён
case-document-sent = Документы приложены
case-document-done = Проверка записана
case-document-picture = Снимок: { $name }
case-document-download = Скачать
case-document-view = Посмотреть
case-document-good = В порядке
case-document-bad = Не подходит
case-document-bad-do = Сообщить заявителю
case-document-reason = Что не так
case-document-reason-hint = Заявитель увидит эти слова: скажите, что прислать вместо этого
case-document-required = Нужен
case-document-optional = Не обязательно
case-document-received = Получен
case-document-checked = Проверен
case-document-faulty = Не подходит
case-document-kb = { $size } КБ
case-document-mb = { $size } МБ
case-document-pages = { $pages ->
    [one] { $pages } страница
    [few] { $pages } страницы
   *[other] { $pages } страниц
  }
case-error-no-file = Выберите файл
case-error-no-slot = Такого документа не просили. Выберите из списка
case-error-many-files = Больше { $most ->
    [one] { $most } файла
   *[other] { $most } файлов
  } приложить нельзя
case-error-much-files = Все файлы вместе не должны быть больше { $most } МБ
case-error-own-document = Проверяют только документы заявителя
case-error-document-lacks = Не приложен документ: { $title }
case-files-down = Хранилище файлов сейчас не отвечает, файл не сохранён. Всё остальное сохранено. Можно отправить обращение без файла и приложить его позже на странице обращения, или повторить через несколько минут
case-did-case-document_sent = Приложен документ: { $items }
case-did-case-document_added = Добавлен документ: { $items }
case-did-case-document_checked = Документ проверен: { $items }
case-did-case-document_faulty = Документ не подходит: { $items }

## Watch over terms
desk-escalated = Сообщено руководителю
case-did-case-reminded = Напомнили о сроке. Рабочих дней осталось: { $days }
case-did-case-escalated = О сроке сообщили руководителю. Ответ нужен до { $date }
case-did-case-overdue = Срок ответа прошёл { $date }. Об этом сообщено тем, у кого есть адрес
verify-did-case-reminded = Напомнили о сроке
verify-did-case-escalated = О сроке сообщили руководителю
verify-did-case-overdue = Срок ответа прошёл

## Find
register-place = Территория
register-outcome = Чем закончилось
register-from = Поступило не раньше
register-until = Поступило не позже
register-yes = да
register-no = нет
register-all = Весь реестр
register-places = Обращения по территориям
register-places-lead = Сколько обращений из каждой территории и сколько из них завершено. Область считается вместе со всем, что в неё входит.
register-places-none = Обращений с территорией ещё нет
register-places-all = Всего
register-places-finished = Завершено
register-places-few = меньше { $least }
register-places-fresh = Числа обновляются раз в минуту. Где обращений совсем мало, точное число не показано, чтобы по нему нельзя было узнать человека.
register-file = Скачать таблицей (CSV)
register-file-hint = В файл и в ленты попадает то же, что отобрано на странице: в файл до 100 000 строк, в ленты последние 50.
find-title = Поиск
find-lead = Ищем среди услуг, обращений открытого реестра и ответов на вопросы. Слова заявителей в открытый поиск не попадают.
danger-call = Если кому-то прямо сейчас грозит опасность, звоните 112: там помогут сразу. Обращения читают не сразу.
find-meant = Возможно, вы искали:
find-do = С этим можно обратиться
find-do-topic = Тема уже будет выбрана, останется описать, что случилось.
find-services = Подходящие услуги
find-similar = Похожие обращения
find-similar-lead = Так уже обращались: видно, кто отвечает и чем закончилось.
find-similar-all = Все такие обращения в реестре
find-told = Объяснения
find-none = По этим словам ничего не нашлось
find-none-text = Попробуйте сказать иначе или выберите из всех услуг. Если ничего не подходит, напишите обращение своими словами: его направят тем, кто отвечает.
find-none-do = Написать обращение
find-next = Что дальше
find-next-text = Не нашли своего? Опишите своими словами, и обращение направят тем, кто отвечает. Есть номер обращения? Узнайте, что с ним.
find-next-file = Написать обращение
find-next-status = Узнать по номеру
find-next-services = Все услуги
find-desk = Поиск по обращениям
find-desk-label = Слова из обращения
find-desk-lead = Поиск по теме, описанию, адресу и номеру в обращениях ваших подразделений. Слова в кавычках ищутся подряд.
find-desk-found = Найденные обращения
find-desk-none = В обращениях ваших подразделений таких слов нет
find-desk-none-text = Проверьте, нет ли опечатки, или оставьте меньше слов. Имён заявителей поиск не знает.
find-desk-readying = После запуска обращения ещё готовятся к поиску: последние уже находятся, старые появятся через несколько минут.
find-desk-back = К очереди
find-desk-here = Искать по словам
case-answer-earlier = Прежний ответ

## Много дел сразу
desk-several = Несколько дел сразу
desk-several-of = Дела, которые ведёт { $name }
desk-several-lead-choose = Отметьте дела, не больше 50
desk-several-empty = Здесь дел нет
desk-several-none = Отметьте хотя бы одно дело
desk-several-too-many = За один раз можно не больше 50 дел
desk-several-release = Вернуть в очередь
desk-several-lead = Сделано: { $done } из { $all }
desk-several-ok = Сделано
desk-several-undo = Отменить
desk-several-undo-lead = Отменено: { $done } из { $all }
desk-several-undone = Снова у прежнего исполнителя
desk-several-moved-on = Дело уже у другого: не тронуто
desk-several-nobodys = Дело уже в общей очереди: не тронуто
desk-several-not-yours = Это дело вам недоступно
desk-several-failed = Не получилось, попробуйте ещё раз
desk-load = Кто сколько ведёт
desk-load-lead = Дела без ответа и задачи в ваших подразделениях. Нажмите на имя, чтобы передать дела другому.
desk-load-who = Кто ведёт
desk-load-free = Никто не взял
desk-load-open = Всего
desk-load-overdue = Просрочено
desk-load-soon = До 7 дней
desk-load-waiting = Ждут заявителя
desk-load-tasks = Задачи
desk-load-tasks-overdue = просрочено { $count }
case-error-nobodys = Дело и так никто не ведёт
case-did-case-released = Дело возвращено в очередь подразделения
verify-did-case-released = Возвращено в очередь
deed-recall-title = Забрать ответ с согласования
deed-recall-lead = Ответ снова станет черновиком: его можно будет исправить и отправить ещё раз. Руководителю он больше не виден.
deed-recall-do = Забрать ответ
deed-recall-said = Ответ снова у вас
deed-release-title = Вернуть в очередь
deed-release-lead = Дело останется в подразделении, его сможет взять любой специалист. Всё сделанное сохранится.
deed-release-do = Вернуть в очередь
deed-release-said = Дело возвращено в очередь

## Reception
verify-source-phone = По телефону
verify-source-paper = Письмом на бумаге
verify-source-visit = На личном приёме
verify-source-email = Письмом по электронной почте
verify-source-mailbox = Письмом в почтовый ящик
verify-source-messenger = В диалоге или мессенджере
verify-source-network = В социальной сети
verify-source-voice = Через голосового помощника
verify-did-case-caller_heard = Заявитель сообщил по телефону или на приёме
case-did-case-filed-for = { $source ->
    [phone] Обращение записано по телефону
    [paper] Обращение внесено с письма на бумаге
    [visit] Обращение записано на личном приёме
   *[email] Обращение внесено с письма по электронной почте
}
case-did-case-caller_heard = { $source ->
    [visit] Приходил(а) лично, приём вёл(ла) { $by }
   *[phone] Записаны слова заявителя по телефону
}
case-message-heard = { $source ->
    [visit] на приёме, записал(а) { $name }
   *[phone] по телефону, записал(а) { $name }
}
reception-title = Приёмная
reception-new = Новая карточка
reception-card = Карточка
reception-way-phone = Звонок
reception-way-paper = Письмо
reception-way-visit = Личный приём
reception-way-email = Эл. почта
reception-hint-phone = Записать со слов и назвать номер
reception-hint-paper = Внести письмо и приложить скан
reception-hint-visit = Записать и дать талон с номером
reception-hint-email = Внести письмо, которое пришло на почту
reception-order-phone = Звонок — сообщение: срок назначает регион, он будет на талоне. Сроки закона 59-ФЗ не действуют. Чтобы обращение рассматривали по закону, заявителю нужно войти на сайт, прийти или прислать письмо.
reception-danger = Если кому-то грозит опасность, сначала пусть позвонят 112: обращение читают не сразу.
reception-order-email = Электронное письмо без входа на сайт — сообщение: срок назначает регион, сроки закона 59-ФЗ не действуют.
reception-order-paper = Письмо рассматривают по закону. Зарегистрируйте его за 3 дня со дня получения; срок ответа идёт со дня регистрации.
reception-order-visit = Обращение на личном приёме рассматривают по закону. Срок ответа идёт со дня регистрации.
reception-confirm-phone = Запись прочитана заявителю, он подтвердил её и знает, что его данные нужны для ответа
reception-confirm-visit = Запись прочитана заявителю, он подтвердил её и знает, что его данные нужны для ответа
reception-confirm-paper = Запись сверена с письмом
reception-confirm-email = Запись сверена с письмом
reception-came = Как поступило
reception-came-on = получено { $date }
reception-outgoing-no = исходящий № { $number }
reception-with = вместе с: { $names }
reception-taken-by = Записал(а) { $name }
reception-service = Вид обращения
reception-came-on-label = Когда получено
reception-came-on-hint = День на входящем штампе. Со дня получения идёт срок регистрации
reception-outgoing = Исходящий номер отправителя
reception-outgoing-hint = Если он есть на письме
reception-others = Кто ещё подписал письмо
reception-others-hint = Каждый с новой строки, не больше десяти. Ответ придёт тому, кого вы укажете заявителем
reception-begin = Начать карточку
reception-register = Зарегистрировать
reception-error-day = Укажите день, когда письмо получили
reception-error-future = Этот день ещё не наступил
reception-error-old = Письмо старше { $days } дней не вносят: проверьте год и месяц
reception-error-others = Не больше { $most } имён
reception-who-hint = Чтобы ответить, хватит одного: телефона, электронной почты или почтового адреса
reception-error-unreachable = Укажите телефон, электронную почту или почтовый адрес: хотя бы одно, чтобы было куда ответить
reception-asks = Спрашивают о деле
reception-find = Номер обращения
reception-find-hint = Например: А-2026-00000042-5. Буква русская или латинская, всё равно
reception-find-do = Открыть
reception-begun = Не закончено
reception-own = Мои карточки
reception-day-none = В этот день вы ничего не зарегистрировали.
reception-own-none = Здесь будут обращения, которые вы зарегистрировали.
reception-applicant = Заявитель
reception-tell = Что сказать заявителю
reception-call = Электронной почты нет, и заявителю никто не сообщил, что нового. Позвоните { $phone }; что он скажет, запишите ниже.
reception-written = Что записано
reception-others-case = Это обращение зарегистрировали не вы: видно только то, что открыто всем.
reception-others-code = Чтобы прочитать или напечатать ответ, показать документы или подать апелляцию, откройте дело вместе с заявителем: по номеру и коду с его талона. Нет кода — выдайте новый ниже.
reception-others-open = Открыть по коду
reception-hear-answered = Ответ уже дан: на запись могут не ответить. Если заявитель не согласен, откройте с ним дело по номеру и коду и выберите «Не согласен с ответом».
reception-scan-asked = Заявителя просили о документах. Когда он принёс всё, запишите ниже его слова: работа пойдёт дальше.
reception-hear = Записать слова заявителя
reception-hear-lead = Запись придёт исполнителю как сообщение заявителя. В истории будет ваше имя.
reception-heard-way = Как сообщили
reception-heard-text = Что сказал заявитель
reception-known-by = Как вы узнали заявителя
reception-known-by-hint = Например: назвал код возврата; показал паспорт
reception-hear-do = Записать
reception-heard = Слова заявителя записаны.
reception-coupon-title = Талон обращения
reception-coupon-answered = Ответ готов
reception-coupon-read = Ответ уже есть: его можно прочитать заявителю.
reception-code-title = Код возврата
reception-code-text = По номеру и этому коду обращение открывается на сайте: там появится ответ. Код знает только заявитель.
reception-code-read = Прочитайте код заявителю или отдайте талон. Здесь код виден одни сутки.
reception-code-gone = Код возврата показывают одни сутки после регистрации.
reception-coupon-where = Состояние обращения можно узнать по номеру: на сайте в разделе «Проверить» или по телефону приёмной.
reception-coupon-print = Чтобы напечатать талон, выберите «Печать» в меню браузера.
reception-print = Напечатать
reception-next = Следующая карточка
reception-open = Открыть карточку
reception-error-confirm = Поставьте отметку, когда сверите запись
reception-review-title = Проверьте и зарегистрируйте
reception-review-lead = После регистрации запись не меняется. Что заявитель скажет позже, дописывают на странице дела.
reception-saved = Карточка ждёт вас на странице приёмной.

## Filing in full width
file-attach = Приложить фото или документы
paper-to-entrepreneur = ИП { $name }
feedback-picture = Приложить снимок экрана

## Рабочее место, сроки и контроль
case-cabinet-live-say = Список обращений обновился
case-answer-view = Просмотр ответа
case-cabinet-refresh = Обновить
case-cabinet-regulation = Регламент: все сроки
case-history-service = Вид услуги
case-slots = Какие документы нужны
case-acts = Что уже сделано
case-planned = Специалист планирует ответить до { $date }
case-asked-until = Прислать до { $date }
case-error-plan-late = День не может быть позже срока ответа
case-did-case-noted = Сотрудник сделал служебную пометку
case-did-case-planned = Специалист планирует ответить до { $date }
case-did-case-prioritised = Изменён приоритет: { $priority }
case-did-case-start_reminded = Руководителю напомнили: работу нужно начать до { $date }
case-did-case-start_overdue = Работа не начата в срок, до { $date }. Сообщено вышестоящему руководителю
case-did-case-documents_reminded = Заявителю напомнили о документах. Прислать нужно до { $date }
verify-did-case-noted = Служебная пометка
verify-did-case-planned = Назначен день ответа
verify-did-case-prioritised = Изменён приоритет
verify-did-case-start_reminded = Напомнили о начале работы
verify-did-case-start_overdue = Работа не начата в срок
verify-did-case-documents_reminded = Напомнили о документах
desk-begin-by = начать до { $date }
desk-planned = план { $date }
desk-planned-full = План: ответить до { $date }
desk-urgent = Высокий приоритет
desk-priority = { $name } приоритет
desk-notes = Служебные заметки
desk-notes-lead = Заявитель их не видит
desk-checks = Проверка
desk-checks-in-order = В порядке: { $count }
desk-check-is-good = в порядке
desk-check-is-warn = смотрите
desk-check-is-bad = нет
desk-check-documents-none = Обязательных документов не просят
desk-check-document-lacks = { $title }: не прислано
desk-check-document-new = { $title }: прислано, не проверено
desk-check-document-good = { $title }: проверено
desk-check-document-faulty = { $title }: не подходит
desk-check-contact = Есть куда ответить
desk-check-contact-address = Ответ на бумаге, адрес есть
desk-check-contact-no-address = Просят ответ на бумаге, а адреса нет
desk-check-contact-page = Адреса нет: ответ увидят только по номеру и коду
desk-check-place = Место указано
desk-check-place-none = Место не указано
desk-check-text = Проблема описана
desk-danger = похоже на опасность
desk-check-danger = Похоже на опасность: свяжитесь с заявителем, узнайте, позвонили ли в 112
desk-check-text-short = Описание очень короткое
desk-check-personal = В тексте личные данные: { $what }
desk-check-personal-none = Личных данных в тексте не заметно
desk-check-personal-email = почта
desk-check-personal-phone = телефон
desk-check-personal-number = длинный номер
desk-check-repeat = Повторно по той же теме: { $numbers }
desk-check-repeat-none = По этой теме за год обращается впервые
desk-check-repeat-unknown = Подано без входа: о повторах узнать нельзя
deed-note-title = Заметка для коллег
deed-note-lead = Заметку видят только сотрудники. В истории останется, что она сделана, без слов. Пометка «новое от заявителя» снимется: запишите, что вы сделали, если писать ему не нужно.
deed-note-text = Заметка
deed-note-do = Сохранить заметку
deed-note-said = Заметка сохранена
deed-plan-title = Планируемый день ответа
deed-plan-lead = Этот день увидят в очереди и заявитель: он будет знать, когда ждать решения. Срок по закону не меняется.
deed-plan-most = Не позже срока ответа: { $date }
deed-plan-planned_on = Планирую ответить до
deed-plan-do = Назначить день
deed-plan-said = День назначен
deed-prioritise-title = Изменить приоритет
deed-prioritise-lead = Дела с высоким приоритетом собраны в очереди отдельно. Срок по закону не меняется.
deed-prioritise-priority = Приоритет
deed-prioritise-do = Сохранить
deed-prioritise-said = Приоритет изменён
deed-request_documents-send_by = Прислать до
deed-request_documents-send_by-hint = Заявителю напомнят за три дня и в этот день

## Контроль, журнал, показатели, этапы
register-begun = Взято в работу
register-begun-on = в работе с { $date }
desk-terms = Контроль сроков
desk-terms-lead = Сроки каждого вида в ваших подразделениях. «Прошёл» — день прошёл, а работа ещё идёт. «Нарушено» — сделано позже срока за последние { $days } дней.
desk-terms-kind = Вид срока
desk-terms-running = Идёт
desk-terms-soon = До 3 дней
desk-terms-overdue = Прошёл
desk-terms-broken = Нарушено
desk-terms-holder = Исполнитель
desk-terms-day = Последний день
desk-terms-none = Таких сроков сейчас нет
desk-terms-registration = Регистрация за то же время: поступило { $all }, позже срока зарегистрировано { $late }.
desk-term-answer = Ответ по закону
desk-term-work_start = Начало работы
desk-term-forward = Направление в другой орган
desk-term-part = Части работы соисполнителей
desk-term-documents = Документы от заявителя
desk-term-aim = Внутренняя цель ответа
desk-term-plan = Планы специалистов
desk-term-task = Задачи
desk-terms-to-confirm = Работы ждут подтверждения: { $count }
desk-journal = Журнал сервисов
desk-journal-lead = Завершённые дела ваших подразделений: вид услуги, когда поступило, какой был срок и выдержан ли он.
desk-journal-from = Завершено с
desk-journal-until = Завершено по
desk-journal-ended = Завершено
desk-journal-kept = Срок выдержан
desk-journal-in-term = в срок
desk-journal-late = с опозданием
desk-journal-no-term = без срока
desk-journal-none = За эти дни завершённых дел нет
desk-journal-none-text = Выберите другие дни или подразделение.
desk-journal-file = Скачать таблицей (CSV)
desk-totals = Итоги
desk-total-all = Завершено
desk-total-in-term = В срок
desk-total-late = С опозданием
desk-total-share = Доля ответов, данных в срок
desk-total-median = Половина завершена за
desk-time-short = меньше часа
desk-time-within-day = меньше дня
desk-time-hours = { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
   *[other] { $hours } часов
}
desk-time-days = { $days ->
    [0] меньше дня
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
desk-statistics = Показатели
desk-statistics-period = За сколько дней
desk-statistics-states = По состояниям
desk-statistics-open = Сейчас не завершено
desk-statistics-received = Поступило за эти дни
desk-statistics-none = Дел пока нет
desk-statistics-persons = Кто сколько завершил
desk-statistics-you = Вы
desk-statistics-gone = Прежний сотрудник
desk-stages = Этапы
desk-stages-lead = Сколько времени дела проводят в каждом состоянии. По подразделениям — середина за последние { $days } дней: половина дел прошла этап быстрее. В скобках, сколько дел его прошло.
desk-stages-units = Этапы по подразделениям
desk-stages-middle = Середина времени
desk-stages-time = { $time } ({ $cases })
desk-stages-none = Пока ни одно дело не перешло к следующему этапу.
desk-stages-cases = По делам
desk-stages-all = Все подразделения
desk-stages-no-cases = Дел пока нет.
desk-stages-spent = Времени в состоянии

## Letterheads
letterheads-title = Бланки писем
letterheads-note = Название, герб и контакты на ответах и расписках. Подразделение без своего бланка пишет на бланке того, в которое входит.
letterheads-none = Подразделений пока нет
letterheads-unit = Подразделение
letterheads-used = Бланк
letterheads-own = Свой бланк
letterheads-plain = Простой, без бланка
letterhead-own = У подразделения свой бланк. Им пользуются и подразделения внутри него.
letterhead-used = Своего бланка нет, письма идут на бланке: { $name }. Заполните поля, чтобы завести свой.
letterhead-plain = Бланка нет ни здесь, ни выше: на письмах стоят названия из списка ведомств.
letterhead-sample = Образец письма (PDF)
letterhead-head-ru = Полное название по-русски
letterhead-head-en = Полное название по-английски
letterhead-head-hint = Как на бумажном бланке, до { $most } строк. Пустое поле и нет герба — нет и бланка.
letterhead-en-hint = Для писем на английском. Если пусто, стоит русское.
letterhead-foot-ru = Строка внизу страницы
letterhead-foot-en = Строка внизу страницы по-английски
letterhead-foot-hint = Например: ИНН, ОГРН, часы приёма.
letterhead-mark = Герб или знак
letterhead-mark-hint = { $formats }. Уменьшим до 320 точек, этого хватает для печати. Лучше всего — рисунок на прозрачном фоне.
letterhead-mark-now = Герб или знак на бланке сейчас
letterhead-mark-drop = Убрать герб с бланка
letterhead-save = Сохранить
letterhead-saved = Бланк сохранён. Посмотрите образец.
letterhead-contacts = Контакты на бланке
letterhead-contacts-note = Берутся из карточки подразделения, пустые не печатаются.
letterhead-contacts-change = Изменить контакты
letterhead-address = Адрес
letterhead-phone = Телефон
letterhead-email = Электронная почта
letterhead-site = Сайт
letterhead-sample-number = А-0000-00000000-0/0
letterhead-sample-title = Образец письма
letterhead-sample-to = Получатель письма
letterhead-sample-text = Так выглядит ответ на обращение на этом бланке. Этот лист никому не отправлен и ничего не решает.
letterhead-sample-more = Длинные тексты переходят на следующие страницы, внизу каждой стоит строка бланка.
letterhead-sample-post = Должность подписавшего
letterhead-sample-signer = И. О. Фамилия
letterhead-sample-line = Образец: подписи нет.
paper-mark = Герб или знак: { $name }

case-did-known-by = Как узнали заявителя: { $known_by }

feedback-to-services = Обратиться к ведомству

## Программам сотрудников

case-error-moved-on = Дело изменили, пока вы его читали: прочитайте его заново.

## Uploads
case-error-many-uploads = Не больше десяти загрузок сразу. Завершите или отмените начатые.
case-error-upload-offset = Загрузка остановилась на другом месте. Узнайте его запросом HEAD и продолжите оттуда.
case-error-upload-offset-text = Нужен заголовок Upload-Offset: сколько байтов уже пришло.
case-error-upload-length = Нужен заголовок Upload-Length: сколько байтов в файле.
case-error-upload-metadata = Upload-Metadata не читается: нужны пары из имени и значения в Base64.
case-error-upload-long = Пришло больше байтов, чем было обещано.
case-error-no-upload = Такой загрузки нет или её срок вышел
case-error-upload-part = Файл загружен не до конца

## Carried-over history
case-history-carried = Строки с пометкой «перенесено» рассказаны прежней системой: время в них то, которое назвала она. В журнал они записаны { $moment }. Печать журнала подтверждает, что с этого момента их не меняли; о более раннем времени она сказать не может.
case-did-case-answered-plain = Дан ответ
case-did-case-reopened-plain = Заявитель не согласился с ответом, дело возобновлено
case-did-case-recategorised-plain = Изменена тема: { $to } (было: { $from })
case-did-case-closed-silence = Дело завершено: заявитель не ответил
case-did-case-closed-agreed = Дело завершено: заявитель согласился с решением
case-did-case-closed-confirmed = Дело завершено: решение проверено и подтверждено
case-did-case-term_moved = Изменён срок ответа
case-did-term = Срок ответа: был { $before }, стал { $date }
verify-did-case-term_moved = Изменён срок ответа
verify-carried = перенесено, записано в журнал { $moment }

## Приёмная: что сказать и что отправить
reception-answers = Ответ: его можно прочитать заявителю
reception-to-print = напечатать ответ
reception-late = Срок регистрации прошёл { $date }: опоздание { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
reception-on = День регистрации
reception-on-do = Показать
reception-on-today = Сегодня
reception-on-all = Все дни
reception-total = Всего за день
reception-error-on = Проверьте дату
reception-error-find = Здесь ищут по номеру обращения. Можно без буквы; номер этого года — одним числом, например 42
paper-reply-to-theirs = На ваш № { $outgoing } ({ $ours })
case-did-case-corrected-for = Данные исправлены со слов заявителя: { $what }
case-did-case-document_sent-for = Документ заявителя приложен: { $items }
reception-again = Ещё одна такая же

## Throwing a draft away
file-drop = Удалить черновик
file-drop-title = Удалить черновик?
file-drop-back = К черновику
file-drop-text = Вернуть его будет нельзя. Если не уверены, отложите: черновик без изменений хранится тридцать дней.
file-drop-text-guest = Вернуть его будет нельзя. Если не уверены, оставьте: черновик хранится на этом устройстве двенадцать часов.
file-drop-documents = Вместе с ним удалятся приложенные документы:
file-drop-do = Удалить черновик
file-drop-not = Оставить
file-drop-done = Черновик удалён
file-drop-gone = Этого черновика уже нет

## Scans added at the reception
case-did-case-scan_added = { $source ->
    [paper] К обращению приложен скан или документ с письмом: { $items }
   *[other] К обращению приложен документ заявителя: { $items }
}
case-document-scanned = Заявитель, приложил(а) { $name }
reception-no-papers = Ничего не приложено.
reception-scan-lead = Забыли скан или заявитель донёс бумагу? Приложите сюда: документ увидят специалист и заявитель, а в истории останется ваше имя.
reception-scan-do = Приложить
reception-scan-late = Больше ничего приложить нельзя: прошло тридцать дней или дело завершено. Новую бумагу запишите как новое письмо.
reception-scanned = Документ приложен
reception-error-closed = Дело завершено. Новую бумагу запишите как новое письмо
reception-error-late = Прошло больше тридцати дней. Новую бумагу запишите как новое письмо

## Choosing a colleague
desk-who = Или часть имени либо почты
desk-who-hint = Если в списке трудно найти: например, семён
desk-who-none = Такого сотрудника нет. Проверьте, как пишется имя
desk-who-many = Подходят несколько. Выберите одного из списка: в нём остались только они

## Reminders of parts and plans
case-did-case-part_reminded = Напоминание: часть работы нужно закончить до { $date } ({ $part_unit })
case-did-case-part_overdue = Часть работы не закончена к { $date } ({ $part_unit })
case-did-case-plan_reminded = Напоминание: ответ намечен на { $date }
case-did-case-plan_overdue = Ответ был намечен на { $date }, но ещё не дан

## News of the queue
desk-news = Есть новое:
desk-news-show = Показать

## Cases of somebody at the reception
reception-contact = Почта или телефон того, кто спрашивает
reception-contact-hint = Например: anna@example.org или +7 900 000-00-00. В журнал доступа запишется, что вы их искали
reception-contact-do = Найти обращения
reception-found = Обращения того, кто спрашивает
reception-found-none = По этой почте или телефону обращений нет. Городской телефон могли записать без кода города. Спросите и номер обращения
reception-found-new = Записать звонок
reception-found-next = Показать ещё
reception-error-telephone = Похоже на телефон: введите его в соседнее поле. Если это номер обращения, в нём опечатка
reception-error-contact = Введите адрес почты или номер телефона целиком

## Что показало пользование: заявитель
case-fact-will-register = Будет зарегистрировано
case-document-sent-more = Файлы приложены. Нужны ещё не все: чего не хватает, отмечено ниже
case-unconfirmed = Почта не подтверждена: пока ваши обращения принимаются как обычные сообщения, без сроков закона 59-ФЗ. Откройте ссылку из нашего письма.
case-unconfirmed-do = Отправить письмо ещё раз
case-status-guest = Подавали без входа? Чтобы прочитать ответ, нужен код возврата.
case-status-guest-do = Ввести код
case-status-signed = Подавали после входа? Войдите, чтобы прочитать ответ.
case-status-signed-do = Войти и открыть
register-entry-or = Подавали после входа?
register-entry-sign-in = Войдите
case-documents-link-count = { $count ->
    [one] Посмотреть { $count } документ или приложить ещё
    [few] Посмотреть { $count } документа или приложить ещё
   *[many] Посмотреть { $count } документов или приложить ещё
}
case-error-email-stays = Почту можно заменить, но не убрать: на неё приходят письма об обращении
file-begun-anew = Черновик на этом устройстве больше не хранился. Мы начали новый с тем, что вы написали: проверьте ответы перед отправкой

file-withdrawn = Эту услугу больше не предлагают. Выберите другую в разделе «Услуги»

## Deeds with documents and reminders, in a verification
verify-did-case-document_sent = Заявитель приложил документ
verify-did-case-document_added = Приложен документ
verify-did-case-document_checked = Документ проверен
verify-did-case-document_faulty = Документ не подошёл
verify-did-case-scan_added = Добавлен скан
verify-did-case-part_reminded = Напомнили о сроке части работы
verify-did-case-part_overdue = Часть работы не закончена в срок
verify-did-case-plan_reminded = Напомнили о намеченном дне ответа
verify-did-case-plan_overdue = Намеченный день ответа прошёл

## Answers: what was read is what is decided
case-error-rewritten = Пока вы читали или писали, ответ переписали или согласовали, или заявитель написал ещё. Ничего не сделано: прочитайте ещё раз
case-error-taken-by-you = Дело уже у вас
case-error-take-first = Сначала возьмите дело в работу
case-error-anothers = Дело ведёт другой специалист: это может сделать он или руководитель
case-error-not-of-that-unit = Этот сотрудник не работает с выбранным подразделением. Выберите другого или оставьте поле пустым
case-error-send-by-late = Этот день позже, чем можно ждать документы. Назовите более ранний
case-error-extended-too-far = Вы указали { $days } дн., а продлить можно не больше чем на { $max_days }
case-error-extended-again = Вместе с прежним продлением вышло бы { $days } дн., а можно всего { $max_days }
deed-extend-days-error = Напишите число дней цифрами, например 10
case-lost = Ваш текст не сохранён. Скопируйте его отсюда, если он ещё нужен:
desk-undecided = Решение не выбрано
desk-outcome-hint = Для промежуточного ответа не нужно
desk-sent-back = Возвращали на доработку ({ $name }):
desk-sent-back-text = Прежний текст
desk-agree-interim-title = Согласовать промежуточный ответ?
desk-agree-interim-text = Это промежуточный ответ. Заявитель сразу увидит его за вашей подписью, срок не остановится, дело вернётся в работу. Отменить это нельзя.
deed-sign-interim-lead = Это промежуточный ответ. Заявитель сразу увидит его, срок не остановится, дело вернётся в работу. Отменить это нельзя.
deed-cancel-reason-hint = Её увидят те, кто работал с обращением
case-objected-title = Подана апелляция { $number }
case-objected-text = Её рассматривают отдельно. Ответ придёт в том деле.
case-item-told-anonymous = В обращении нет фамилии или адреса (ч. 1 ст. 11 Закона 59-ФЗ)
case-item-told-court = Обжалуется судебное решение (ч. 2 ст. 11 Закона 59-ФЗ)
case-item-told-abuse = В обращении оскорбления или угрозы (ч. 3 ст. 11 Закона 59-ФЗ)
case-item-told-unreadable = Текст обращения не прочесть (ч. 4 ст. 11 Закона 59-ФЗ)
case-item-told-unclear = Суть обращения не определить (ч. 4.1 ст. 11 Закона 59-ФЗ)
case-item-told-repeated = На этот вопрос вам отвечали неоднократно, новых доводов нет (ч. 5 ст. 11 Закона 59-ФЗ)
case-item-told-published = Ответ опубликован на официальном сайте (ч. 5.1 ст. 11 Закона 59-ФЗ)
case-item-told-secret = Ответ раскрыл бы охраняемую законом тайну (ч. 6 ст. 11 Закона 59-ФЗ)
case-item-told-barred = Жалобу некому направить, кроме того, на кого жалуются (ч. 7 ст. 8 Закона 59-ФЗ)

## Что видно на рабочем месте
desk-row-free = никто не взял
desk-row-off = { $name }, учётная запись отключена
desk-begin-late = не начато в срок, до { $date }
desk-notices = Уведомления
desk-to-case = К делу
desk-to-queue = К очереди
desk-following = Следующее дело
desk-go-agree = К ответу и решению
desk-begin-first = Открыть первое дело
desk-pressing-overdue = Просрочено: { $count }
desk-pressing-today = Последний день сегодня: { $count }
desk-pressing-agree = Ждут вашего решения: { $count }
desk-pressing-parts = Части работы соисполнителей: { $count }
desk-gone-objection = Апелляцию { $number } на ваш ответ рассматриваете не вы: { $unit }, с { $date }.
desk-gone = Дело { $number } теперь не у вас. Его передали: { $unit }, { $date }.
desk-agree-question = О чём спрашивают
desk-agree-by = Заявитель: { $name }
desk-agree-wish = Чего ждут:
desk-agree-parts = Соисполнитель ещё не сообщил результат своей части.
desk-agree-wrote = Заявитель написал уже после того, как ответ составили:
desk-agree-read = Прочитать
desk-several-all = Отметить все на этой странице
desk-several-whom = Выберите, кому поручить
desk-several-free = Дела, которые никто не взял
desk-several-taken = Взято в работу: { $done } из { $all }
desk-several-released = Возвращено в общую очередь: { $done } из { $all }
desk-several-assigned = Поручено, { $name }: { $done } из { $all }
desk-several-freed = Снова в общей очереди. Начатая работа осталась начатой
desk-several-state = С этим делом сейчас так поступить нельзя: на него уже ответили или ответ на согласовании
desk-several-carried-over = Дело из прежней системы, на него уже ответили
desk-several-elsewhere = Этот сотрудник не работает с подразделением этого дела
desk-load-off = Учётная запись отключена: передайте дела
desk-load-moved = Больше не работает в ваших подразделениях: передайте дела
desk-total-overdue-now = Просрочено сейчас
desk-to-tools = К действиям

## Files of letterheads
letterhead-error-mark-kind = Сохраните рисунок как PNG или JPEG

## Copies of documents and their originals
case-documents-tip-4 = Из копий PDF удаляются имя автора, название программы и прежние версии текста
case-document-original = Получить оригинал
case-document-original-why = По ссылке «Скачать» вы получаете копию без сведений о месте и времени съёмки, устройстве и авторе. Электронную подпись внутри файла проверяйте по оригиналу. Кто и зачем получил оригинал, записывается в историю обращения: её читает и заявитель.
case-document-purpose = Для чего нужен оригинал
case-document-purpose-hint = Например: проверить электронную подпись
case-document-original-do = Записать и скачать
case-did-case-original_opened = Сотрудник получил оригинал файла: { $items }
verify-did-case-original_opened = Сотрудник получил оригинал файла

## Who is named beside the applicant
case-named-waits = Вас указали в чужом обращении
case-named-co_applicant = Вас указали соавтором
case-named-representative = Вас указали представителем
case-named-co_applicant-by = Обращение { $number }. Заявитель: { $name }
case-named-representative-by = Обращение { $number }. Заявитель: { $name }
case-named-filed = Отправлено
case-named-question = Вы участвуете в этом обращении?
case-named-co_applicant-then = Если согласитесь, увидите место, документы, переписку и ответ и сможете писать сообщения. Телефон, почту и почтовый адрес других участников вам не покажут, ваши — им.
case-named-representative-then = Если согласитесь, увидите всё обращение с документами, перепиской и контактами заявителя и сможете делать по нему то же, что заявитель.
case-named-not = Если это не вы или участвовать не хотите, откажитесь. Обращение закроется для вас, заявитель и специалист узнают об отказе, и снова добавить вас в него будет нельзя.
case-named-open = Прочитать и решить
case-named-agree = Участвую
case-named-decline = Это не я
case-named-agreed = Вы участвуете в обращении
case-named-declined = Вы отказались. Это обращение вам больше не открыто
case-named-not-yet = Согласия пока нет
case-party-remove-text = Этого участника не будет в списке, и обращение для него закроется. Добавить его снова можно.
case-named-since = Согласие дано { $date }
case-named-leave = Выйти из обращения
case-named-leave-do = Выйти из обращения
case-error-party-declined = Этот человек отказался участвовать в обращении. Добавить его снова нельзя
case-did-case-party_agreed = Согласие участвовать: { $role }
case-did-case-party_declined = Отказ участвовать: { $role }. Обращение для этого человека закрыто
verify-did-case-party_agreed = Участник согласился
verify-did-case-party_declined = Участник отказался

## Until when a reply is awaited
case-waits-until = Ответьте до { $date }.

## The point on the map
case-point-alt = Карта с отмеченной точкой

## Ответ на бумаге
desk-words = Написали нам
desk-posting = К отправке
desk-posting-title = Ответ нужно отправить на бумаге
desk-posting-print = Напечатать ответ
desk-posting-to = Напечатайте ответ и отправьте по адресу: { $to }
desk-posting-keep =
    { $given ->
    [yes] Ни электронной почты, ни почтового адреса нет: напечатайте ответ, положите к выдаче и позвоните { $phone }
   *[no] Ни электронной почты, ни почтового адреса нет: напечатайте ответ и положите к выдаче
 }
desk-pressing-words = Заявители ждут ответа на письма: { $count }
desk-pressing-posting = Отправить ответы на бумаге: { $count }
desk-pressing-tasks = Прошёл срок задач: { $count }
desk-pressing-own-tasks = Ваши задачи: { $count }
desk-pressing-free-tasks = Задачи, которые никто не взял: { $count }
desk-pressing-confirm = Работы ждут подтверждения: { $count }
desk-pressing-rules = Правила решений ждут утверждения: { $count }
desk-agree-paper-to = Ответ нужно напечатать и отправить по адресу: { $to }. После согласования дело попадёт в «К отправке».
desk-agree-paper-keep = Ответ нужно напечатать и положить к выдаче: ни электронной почты, ни почтового адреса нет{ $given ->
    [yes] , телефон { $phone }
   *[no] {""}
 }. После согласования дело попадёт в «К отправке».
deed-post_answer-title = Отметить отправку
deed-post_answer-lead = Заявителю сообщат, что ответ отправлен или его можно забрать. Запись останется в истории.
deed-post_answer-way = Что сделано
deed-post_answer-posted = Отправлен по почте
deed-post_answer-ready = Готов к выдаче
deed-post_answer-posted_on = Отправлен: день
deed-post_answer-to = Отправлен: куда
deed-post_answer-item = Отправлен: номер отправления
deed-post_answer-place = К выдаче: где забрать
deed-post_answer-hours = К выдаче: часы работы
deed-post_answer-do = Отметить
deed-post_answer-said = Отправка отмечена, заявителю сообщат
case-posted-title =
    { $given ->
    [yes] Ответ отправлен письмом { $date }, № отправления { $item }
   *[no] Ответ отправлен письмом { $date }
 }
case-ready-title = Ответ готов: его можно забрать
case-did-case-answer_posted =
    { $given ->
    [yes] Ответ отправлен письмом { $date }, № отправления { $item }: { $to }
   *[no] Ответ отправлен письмом { $date }: { $to }
 }
case-did-case-answer_ready =
    { $given ->
    [yes] Ответ готов: его можно забрать: { $to }, { $hours }
   *[no] Ответ готов: его можно забрать: { $to }
 }
verify-did-case-answer_posted = Ответ отправлен письмом
verify-did-case-answer_ready = Ответ готов к выдаче
case-error-nothing-to-post = Отправку уже отметили
case-error-future-day = Этот день ещё не наступил
case-error-old-day = Прошло больше 60 дней. Проверьте день

## Приём по номеру обращения
case-did-case-caller_heard-elsewhere = Приходил(а) лично, приём вёл(ла) { $by }: { $reception }
case-did-said = Сказано: { $what }
case-message-handed = Передано: { $what }
reception-heard-phone = Позвонил(а)
reception-heard-visit = Пришёл(пришла) на приём
reception-handed = Что передал заявитель
reception-handed-hint = Например: копия договора, 2 листа. Скан приложит тот, кто ведёт дело
reception-handed-hint-own = Например: копия договора, 2 листа
reception-visit-only = Дело ведёт другое подразделение. Запишите, если человек пришёл к вам: приём свяжут с этим делом по номеру.

## Новый код возврата
reception-renew = Новый код возврата
reception-renew-lead = Если человек потерял код, убедитесь, что обращение его, и выдайте новый. Прежний код сразу перестанет действовать, в истории будет ваше имя.
reception-code-stated = Почта или телефон из обращения, как их назвал человек
reception-code-stated-hint = Если в обращении нет ни того, ни другого, фамилия. Сверит система: если не совпадёт, код не выдаётся
reception-code-known-by = Как вы убедились, что обращение его
reception-code-known-by-hint = Например: показал паспорт; назвал тему, адрес и день обращения
reception-renew-do = Выдать новый код
reception-renewed-text = Прочитайте код заявителю или отдайте этот лист. Код показан один раз: больше его здесь не увидеть.
case-did-case-code_renewed = Выдан новый код возврата, прежний не действует
verify-did-case-code_renewed = Выдан новый код возврата
case-error-code-stated = В обращении указано другое. Спросите почту или телефон, которые человек указал при подаче; если не указал ни того, ни другого, фамилию
case-error-code-renewed = Новый код уже выдали. Его показали один раз; если его не записали, выдайте ещё один
case-error-code-account = У заявителя есть учётная запись: он входит на сайт, код ему не нужен

## Качество: оценки и подразделения
desk-decimal-mark = ,
desk-ratings = Оценки
desk-ratings-lead = Как заявители оценили работу по делам, завершённым за этот период
desk-ratings-none = Оценок пока нет
desk-ratings-mean = Средняя оценка { $mean } из 5, оценок: { $count }
desk-ratings-short = { $mean } ({ $count })
desk-ratings-stars = Оценка
desk-ratings-count = Сколько
desk-ratings-low = Низкие оценки, сначала новые
desk-ratings-replied = ответили
desk-ratings-waits = без ответа
desk-statistics-nobody = Без исполнителя
desk-statistics-units = По подразделениям

## Несколько ответов сразу
desk-decide = Прочитать и решить
desk-decide-read = Прочитать ответы и решить
desk-decide-lead = Прочитайте каждый ответ. Решение коснётся только отмеченных; ответ, который переписали, пока вы читали, останется ждать.
desk-decide-others = Эти дела не ждут вашего решения: ответ вернули, согласовали или составили вы сами
desk-decide-this = Решить и это дело
desk-decide-agree = Согласовать и отправить отмеченные
desk-decide-return = Вернуть отмеченные на доработку
desk-several-elsewhere-ticked = Отмечено на других страницах списка: { $count }
desk-several-closed = Завершено: { $done } из { $all }
desk-several-agreed = Согласовано и отправлено: { $done } из { $all }
desk-several-returned = Возвращено на доработку: { $done } из { $all }

## Отбор и порядок очереди
desk-narrow = Отбор и порядок
desk-narrow-free = Только те, что никто не взял
desk-narrow-for-us = Только с новым от заявителя
desk-order = Порядок
desk-order-due = Сначала близкий срок
desk-order-newest = Сначала новые
desk-empty-narrowed = По этому отбору дел нет

## Решения по правилам
case-rule-decided = Решено без участия человека по правилу { $place } «{ $title }» (версия { $version }). Правила утвердил { $officer }, { $date }.
case-rule-reference = Ответ на справочный вопрос дан автоматически по правилу { $place } «{ $title }» (версия { $version }). Правила утвердил { $officer }, { $date }.
case-rule-proposed = Решение предложено правилом { $place } «{ $title }» (версия { $version }, утвердил { $officer }, { $date }); подтверждает его должностное лицо.
case-rule-review = В течение 30 дней после ответа можно попросить, чтобы его рассмотрел человек.
case-rule-why = Почему так
case-rule-fits = Подошло правило: { $title }
case-rule-passed = Не подошло правило: { $title }
case-rule-yes = да
case-rule-no = нет
case-rule-nothing = не указано
case-rule-test-equals = { $label }: нужно «{ $wanted }», указано «{ $had }»
case-rule-test-one_of = { $label }: нужно одно из «{ $wanted }», указано «{ $had }»
case-rule-test-yes = { $label }: отмечено
case-rule-test-given = { $label }: ответ дан
case-rule-test-number-from = { $label }: не меньше { $from }, указано { $had }
case-rule-test-number-to = { $label }: не больше { $to }, указано { $had }
case-rule-test-number-between = { $label }: от { $from } до { $to }, указано { $had }
case-rule-test-date-from = { $label }: не раньше { $from }, указано { $had }
case-rule-test-date-to = { $label }: не позже { $to }, указано { $had }
case-rule-test-date-between = { $label }: с { $from } по { $to }, указано { $had }
case-rule-test-age-from = { $label }: прошло полных лет не меньше { $from }, указано { $had }
case-rule-test-age-to = { $label }: прошло полных лет не больше { $to }, указано { $had }
case-rule-test-age-between = { $label }: прошло полных лет от { $from } до { $to }, указано { $had }
case-rule-test-days-from = { $label }: прошло дней не меньше { $from }, указано { $had }
case-rule-test-days-to = { $label }: прошло дней не больше { $to }, указано { $had }
case-rule-test-days-between = { $label }: прошло дней от { $from } до { $to }, указано { $had }
case-rule-test-category = Тема: нужно «{ $wanted }», указано «{ $had }»
case-rule-test-territory = Место: нужно «{ $wanted }», указано «{ $had }»
case-rule-test-channel = Как подано: нужно { $wanted }, подано { $had }
case-rule-test-identified = Личность заявителя подтверждена
case-rule-test-not_identified = Личность заявителя не подтверждена
case-rule-test-not = Следующее условие не выполнено
case-rule-test-any = Выполнено хотя бы одно из следующих условий
case-did-case-left_to_people = Правила не решили дело: его решит человек
case-did-case-decision_proposed = Правило предложило решение
case-did-case-review_asked = Заявитель попросил, чтобы дело рассмотрел человек. Срок ответа: { $date }
verify-did-case-left_to_people = Дело решит человек
verify-did-case-decision_proposed = Правило предложило решение
verify-did-case-review_asked = Попросили, чтобы дело рассмотрел человек
case-error-no-rule = Этот ответ дал человек: с ним можно не согласиться
case-error-review-over = Тридцать дней после ответа прошли: с ответом можно не согласиться
deed-ask_person-title = Попросить, чтобы рассмотрел человек
deed-ask_person-lead = Ответ дало правило, без участия человека. Дело вернётся к специалисту, и срок ответа пойдёт дальше.
deed-ask_person-reason = Что не так с ответом
deed-ask_person-reason-hint = Так специалист сразу поймёт, на что смотреть
deed-ask_person-do = Попросить
deed-ask_person-said = Дело вернулось к специалисту
paper-by-rule = Решено автоматически, без участия человека
paper-rule-name = правило { $place } версии { $version }
paper-rule = Как принято решение
desk-total-by-rule = Решено по правилам
desk-total-by-rule-median = Половина решений по правилам быстрее чем
desk-total-by-people-median = Половина решений людьми быстрее чем
desk-total-within-day = Решено за сутки
home-figures-by-rule = По правилам обычно отвечают за
home-figures-by-people = Люди обычно отвечают за
home-figures-within-day = Ответов за сутки
case-time-minutes = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
   *[other] { $count } минут
}
case-time-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
desk-rules = Правила решений

## Works on the ground
works-title = Задачи и работы
works-of-problem = Это обращение — о проблеме:
works-of-problem-short = Проблема
works-task = Задача
works-task-number = Задача { $number }
works-public-page = Как видят все
works-unit = Кто делает
works-owner = Ответственный
works-owner-hint = Можно не указывать: задачу возьмёт сам исполнитель
works-owner-is = Ответственный: { $name }
works-nobody = Задачу пока никто не взял
works-set = Поставить задачу
works-set-done = Задача поставлена. Заявители получили уведомление
works-set-proposal = Поставить задачу по этому решению
works-set-review = Поставить задачу по отзыву
works-set-promise = Поставить задачу по обещанию до { $date }
works-source-problem = Из проблемы
works-source-proposal = Из решения по обращению
works-source-review = Из отзыва
works-source-promise = Из обещания в ответе
works-join = Объединить в проблему
works-public-hint = Это увидят все. Не пишите имён, телефонов и номеров квартир
works-todo = Что сделать
works-due = Срок
works-new-due = Новый срок
works-begun = Работы начались
works-stages-left = Этапы не отмечены сделанными: { $stages }. Отметьте их на странице задачи или напишите, почему их не будет: так их увидят заявители.
works-done-on = Сделано
works-percent = Сделано этапов
works-percent-done = Сделано { $percent } %
works-stage = Этап
works-stages = Этапы
works-stage-done = сделано { $date }
works-stage-days = с { $from } по { $until }
works-stage-until = до { $date }
works-stage-late = срок прошёл
works-from = Начало
works-until = Окончание
works-note = Что сделано
works-of-stage = К какому этапу
works-shows = Что на снимке
works-showing-before = Как было
works-showing-works = Как идут работы
works-showing-proof = Что сделано
works-shows-before = Как было, снимок от { $date }
works-shows-works = Ход работ, { $date }
works-shows-proof = Что сделано, { $date }
works-file = Снимок или документ
works-proof = Снимки или документы
works-file-lead = Файл увидят все. Место и время съёмки мы из него уберём; людей, номера машин и документы снимать не нужно.
works-file-hint = { $formats }
works-said = Пояснение для всех
works-said-returned = Почему вернули в работу
works-said-put_off = Почему отложено
works-said-dropped = Почему делать не будут
works-at-desk = Открыть на рабочем месте
works-said-done-hint = Что сделано. Нужен хотя бы один снимок или документ: приложите здесь или раньше
works-said-upheld-hint = Почему работы всё же сделаны. Заявители это прочитают
works-said-back-hint = Что не сделано. Это увидят все
works-said-off-hint = Почему откладываем. Это увидят все
works-said-dropped-hint = Почему не будем делать. Это увидят все
works-plan-anew = Изменить
works-kept = Сохранено
works-told = Сохранено. Заявители получили уведомление
works-disputed = Заявитель пишет: не сделано
works-dispute = Не сделано
works-dispute-do = Сообщить
works-dispute-lead = Напишите, что осталось. Работы не подтвердят, пока руководитель не посмотрит. Ваши слова и снимок увидят только сотрудники.
works-dispute-label = Что не сделано
works-dispute-photo = Снимок
works-dispute-waits = Вы написали, что не сделано. Пока руководитель не посмотрит, работы не подтвердят.
works-dispute-looked = руководитель посмотрел
works-dispute-said = Передали ответственному и руководителю. Пока они не посмотрят, работы не подтвердят
works-state-set = Поставлена
works-state-taken = Взята
works-state-under_way = Работы идут
works-state-done = Сделано, проверяем
works-state-confirmed = Сделано
works-state-put_off = Отложено
works-state-dropped = Снято
works-do-take = Взять задачу
works-do-give = Назначить ответственного
works-do-begin = Начать работы
works-do-plan_stage = Добавить этап
works-do-plan_anew = Изменить этап
works-do-finish_stage = Этап сделан
works-do-show = Приложить снимок
works-do-report = Сообщить, что сделано
works-do-confirm = Подтвердить
works-do-uphold = Оставить как сделанное
works-do-send_back = Вернуть в работу
works-do-put_off = Отложить
works-do-drop = Снять задачу
works-title-field = Что за задача
desk-tasks = Задачи
desk-tasks-parts = Какие задачи
desk-tasks-mine = Мои
desk-tasks-unit = Подразделения
desk-tasks-to_confirm = Ждут подтверждения
desk-tasks-ended = Завершённые
desk-tasks-none = Задач нет
desk-tasks-none-text = Руководитель ставит задачу со страницы проблемы, удовлетворённого обращения, отзыва или ответа с обещанием.
problems-title = Проблемы и работы
problems-lead = О чём пишут многие, что с этим делают и когда сделают.
problems-none = Таких проблем нет
problems-none-filtered = Под такой отбор не подходит ни одна проблема. Уберите одно из условий.
problems-none-text = Проблема появляется, когда ведомство объединяет обращения об одном и том же.
problem-what = Проблема
problem-title = Коротко, в чём проблема
problem-about = Подробнее
problem-place = Где
problem-place-hint = Улица или район, без номера квартиры. Это увидят все
problem-cases = Обращений
problem-opened = Открыта
problem-since = с { $date }
problem-closed = Решена
problem-solved = Как решили
problem-no-works = Задач пока нет
problem-private = Здесь нет имён и слов заявителей: только то, что делает ведомство.
problem-same = Вас это тоже касается?
problem-same-do = Написать о том же
problem-state-open = Решаем
problem-state-closed = Решена
problem-into = К уже открытой проблеме
problem-into-hint = Или оставьте пустым и опишите новую ниже
problem-join-lead = Обращения об одном и том же станут одной проблемой с общей страницей. Срок и ответ у каждого обращения остаются свои.
problem-join-do = Объединить
problem-joined = Обращения объединены. Заявители видят проблему на своих страницах
problem-leave = Убрать
problem-leave-title = Убрать обращение из проблемы
problem-leave-of = Убрать { $number } из проблемы
problem-leave-lead = Если обращение о другом, уберите его отсюда. Причину увидит заявитель.
problem-leave-label = Почему
problem-close = Закрыть проблему
problem-close-title = Закрыть проблему
problem-close-lead = Напишите, как решили. Это увидят все, уведомление получат все заявители. Ответ на каждое обращение всё равно нужен: закрытие его не заменяет.
problem-close-label = Как решили
problem-close-when = Закрыть можно, когда задачи завершены и хотя бы одна подтверждена или обращений в проблеме не осталось.
problem-closed-done = Проблема закрыта. Все заявители получили уведомление
problem-back = Проблема
task-error-state = С задачей этого сейчас сделать нельзя: посмотрите, в каком она состоянии
task-error-take-first = Сначала возьмите задачу
task-error-anothers = Задача у другого сотрудника
task-error-own = Подтверждает не тот, кто сообщил
task-error-disputed = Заявитель пишет, что не сделано. Сначала посмотрите: оставьте как сделанное или верните в работу
task-error-source = Из этого обращения такую задачу поставить нельзя: нужно решение «удовлетворено», отзыв с текстом или обещание в ответе
task-error-many = Больше добавить нельзя
task-error-taken = Задачу уже взяли
task-error-days = Окончание раньше начала
task-error-stage-done = Этап уже сделан
task-error-to-come = Этот день ещё не наступил
works-error-contacts = Это увидят все, а здесь телефон или почта. Уберите их
task-error-no-proof = Нужен хотя бы один снимок или документ о том, что сделано
task-error-no-dispute = Никто не писал, что не сделано
task-error-not-later = Новый срок должен быть позже прежнего
task-error-not-told-done = Сказать «не сделано» можно, пока работы ждут подтверждения
task-error-said = Вы уже написали об этом. Руководитель посмотрит
problem-error-closed = Проблема уже закрыта
problem-error-joined = Обращение уже входит в проблему
problem-error-many = В одной проблеме не больше 500 обращений
problem-error-not-done = Закрыть можно, когда задачи завершены и хотя бы одна подтверждена или обращений в проблеме не осталось
case-did-case-problem_joined = Обращение отнесено к проблеме «{ $works }»
case-did-case-problem_left = Обращение больше не относится к проблеме «{ $works }»
case-did-case-problem_closed = Проблема решена: «{ $works }»
case-did-case-task_set = Поставлена задача «{ $works }», срок { $date }
case-did-case-works_begun = Начались работы: «{ $works }»
case-did-case-works_stage_done = Сделан этап «{ $stage }»: «{ $works }»
case-did-case-works_done = Сообщили, что сделано: «{ $works }»
case-did-case-works_confirmed = Подтверждено, что сделано: «{ $works }»
case-did-case-works_upheld = Руководитель проверил, работы сделаны: «{ $works }»
case-did-case-works_sent_back = Работы возвращены: «{ $works }», срок { $date }
case-did-case-works_put_off = Работы отложены до { $date }: «{ $works }»
case-did-case-works_dropped = Задача снята: «{ $works }»
case-did-case-works_disputed = Заявитель пишет, что не сделано: «{ $works }»
case-did-case-task_reminded = Напоминание о сроке задачи «{ $works }»
case-did-case-task_overdue = Прошёл срок задачи «{ $works }»
verify-did-case-problem_joined = Обращение отнесено к проблеме
verify-did-case-problem_left = Обращение больше не относится к проблеме
verify-did-case-problem_closed = Проблема решена
verify-did-case-task_set = Поставлена задача
verify-did-case-works_begun = Начались работы
verify-did-case-works_stage_done = Сделан этап работ
verify-did-case-works_done = Сообщили, что работы сделаны
verify-did-case-works_confirmed = Подтверждено, что работы сделаны
verify-did-case-works_upheld = Руководитель проверил работы
verify-did-case-works_sent_back = Работы возвращены
verify-did-case-works_put_off = Работы отложены
verify-did-case-works_dropped = Задача снята
verify-did-case-works_disputed = Заявитель пишет, что не сделано
verify-did-case-task_reminded = Напоминание о сроке задачи
verify-did-case-task_overdue = Прошёл срок задачи

## Диалог
home-dialogue = Рассказать в диалоге

## Почтовый ящик
reception-letters = Письма из почтового ящика
reception-arrived = Пришло без оператора

## Приёмная и сети
reception-networks = Из социальных сетей

## Шаблоны ответов
case-error-gap = Замените { $gap }: этого в деле нет
templates-title = Шаблоны ответов
templates-note = Готовые тексты ответов с местами, которые заполняются по делу. Их берут те, кто пишет ответы в подразделении и в подразделениях внутри него.
templates-none = Шаблонов пока нет
templates-new = Новый шаблон
templates-name = Название
templates-changed = Изменён
templates-aside = Убран
templates-any-unit = Все подразделения
template-new-title = Новый шаблон ответа
template-unit = Подразделение
template-unit-hint = Шаблон смогут взять и подразделения внутри него
template-name = Название
template-name-hint = По нему выбирают шаблон. Двух одинаковых в подразделении нет
template-outcome = Решение
template-outcome-hint = Подставится в ответ, если решение ещё не выбрано
template-text = Текст
template-text-hint = Что подставить из дела, пишите в фигурных скобках, как в списке ниже
template-save = Сохранить
template-preview-do = Посмотреть
template-put-aside = Убрать
template-take-back = Вернуть
template-saved = Шаблон сохранён
template-is-aside = Шаблон убран, его больше не предлагают. Его можно вернуть.
template-was-put-aside = Шаблон убран
template-was-taken-back = Шаблон возвращён
template-places = Что можно подставить
template-places-note = Если в деле чего-то нет, на этом месте останется пометка в квадратных скобках. Пока она стоит, ответ не отправить.
template-preview = Как будет выглядеть
template-preview-note = Имя, номер и остальное здесь выдуманы.
template-error-place = Такого места здесь нет: { $place }. Список — под текстом
template-error-brace = Фигурная скобка без пары
template-error-name-taken = Шаблон с таким названием уже есть
template-error-many = В подразделении слишком много шаблонов. Уберите лишние
template-error-overtaken = Шаблон изменили, пока вы его правили. Откройте его ещё раз и повторите правку
template-error-gone = Этот шаблон убрали. Выберите другой
template-take = Взять шаблон
template-take-hint = Текст встанет после того, что уже написано
template-take-do = Вставить
template-taken = Текст шаблона вставлен. Проверьте его и сохраните ответ
template-taken-go = К тексту
template-greeting = Здравствуйте, { $name }!
template-greeting-nobody = Здравствуйте!
template-place-greeting = приветствие, по имени, если оно известно
template-place-applicant = имя и отчество заявителя
template-place-number = номер обращения
template-place-filed_on = день подачи
template-place-topic = тема обращения
template-place-address = адрес, о котором обращение
template-place-unit = подразделение, которое отвечает
template-gap-greeting = приветствие
template-gap-applicant = имя заявителя
template-gap-number = номер обращения
template-gap-filed_on = день подачи
template-gap-topic = тема
template-gap-address = адрес
template-gap-unit = подразделение
template-sample-greeting = Здравствуйте, Анна Петровна!
template-sample-applicant = Анна Петровна
template-sample-number = А-2026-00000042-5
template-sample-filed_on = 20 ноября 2026 года
template-sample-topic = Не убирают снег
template-sample-address = Приозёрск, Садовая, 7
template-sample-unit = Отдел дорог
