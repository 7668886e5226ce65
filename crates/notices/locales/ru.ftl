# Notices: what people are told about their cases, and the words of letters.

## Notices of the cabinet
notice-title = Уведомления
notice-cabinet = Мои обращения
notice-new = Новое уведомление
notice-none = Уведомлений нет
notice-none-text = Здесь появится всё, что происходит с вашими обращениями
notice-unread = Новое
notice-open = Открыть
notice-read-all = Отметить всё прочитанным
notice-all-read = Всё отмечено прочитанным
notice-settings-link = Что и куда сообщать
notice-of-filed = Обращение { $number } принято
notice-of-executor = Назначен исполнитель по обращению { $number }
notice-of-state = Изменилось состояние обращения { $number }
notice-of-message = Вам написали по обращению { $number }
notice-of-documents = Нужны документы по обращению { $number }
notice-of-interim = Промежуточный ответ по обращению { $number }
notice-of-answer = Ответ на обращение { $number }
notice-of-extended = Срок ответа на обращение { $number } продлён
notice-of-delayed = Ответ на обращение { $number } задерживается
notice-of-redirected = Обращение { $number } передано в другое подразделение
notice-of-forwarded = Обращение { $number } направлено в другой орган
notice-of-reopened = Обращение { $number } снова в работе
notice-of-cancelled = Обращение { $number } отменено
notice-of-closed = Обращение { $number } завершено
notice-of-overdue = Срок ответа на обращение { $number } прошёл
notice-of-assigned = Вам поручено обращение { $number }
notice-of-applicant_wrote = Заявитель написал по обращению { $number }
notice-of-returned = Проект ответа на { $number } вернули
notice-of-agreement = Ответ на { $number } ждёт согласования
notice-of-reminder = Срок ответа на { $number } подходит
notice-of-escalated = Срок ответа на { $number } под угрозой
notice-line-state = Сейчас: { $value }
notice-line-executor = Исполнитель: { $value }
notice-line-outcome = Решение: { $value }
notice-line-new-date = Новый срок: { $value }
notice-line-to = Куда: { $value }
notice-line-due = Срок ответа: { $value }
notice-line-days =
    { $count ->
    [one] Остался { $count } рабочий день
    [few] Осталось { $count } рабочих дня
   *[other] Осталось { $count } рабочих дней
 }
notice-line-overdue-do = Мы сообщили руководителю. Напишите в обращении — вам ответят или перезвонят; если ответа так и не будет, вы вправе пожаловаться на бездействие в вышестоящий орган, прокуратуру или суд.

## What to be told of
notice-settings-title = Что и куда сообщать
notice-settings-text = Отметьте, о чём сообщать и где. То, что по закону или по службе сообщают всегда, отключить нельзя.
notice-settings-save = Сохранить
notice-settings-saved = Сохранено
notice-no-mail = Почта на этом сайте пока не настроена: письма не отправляются, всё видно здесь, в уведомлениях.
notice-column-what = О чём
notice-column-cabinet = На сайте
notice-column-email = Письмом
notice-owed = Всегда
notice-kind-filed = Обращение принято
notice-kind-executor = Назначен исполнитель
notice-kind-state = Состояние изменилось
notice-kind-message = Вам написали
notice-kind-documents = Нужны документы
notice-kind-interim = Промежуточный ответ
notice-kind-answer = Ответ
notice-kind-extended = Срок продлён
notice-kind-delayed = Ответ задерживается
notice-kind-redirected = Передано в другое подразделение
notice-kind-forwarded = Направлено в другой орган
notice-kind-reopened = Снова в работе
notice-kind-cancelled = Отменено
notice-kind-closed = Завершено
notice-kind-overdue = Срок прошёл
notice-kind-assigned = Сотруднику: вам поручили обращение
notice-kind-applicant_wrote = Сотруднику: заявитель написал
notice-kind-returned = Сотруднику: черновик вернули
notice-kind-agreement = Руководителю: ответ на согласование
notice-kind-reminder = Сотруднику: срок подходит
notice-kind-escalated = Руководителю: срок под угрозой

## Letters
notice-greeting = Здравствуйте, { $name }!
notice-greeting-nobody = Здравствуйте!
notice-letter-foot = Это письмо отправлено автоматически, отвечать на него не нужно. Какие письма получать: { $address }
notice-letter-foot-guest = Это письмо отправлено автоматически, отвечать на него не нужно. Чтобы открыть обращение, понадобятся его номер и код, который вы получили при подаче.

## Templates
notice-templates-title = Письма и уведомления
notice-templates-note = Слова писем, которые получают заявители и сотрудники. Одни на все ведомства.
notice-templates-text = Каждое письмо можно изменить на обоих языках. Кто и что изменил, остаётся в журнале.
notice-no-mail-admin = Почтовый сервер не задан, письма не отправляются. Как задать, сказано в docs/operating.md.
notice-column-language = Язык
notice-column-changed = Изменено
notice-as-it-came = как в поставке
notice-changed = изменено { $when }
notice-language-ru = русский
notice-language-en = английский
notice-template-subject = Тема
notice-template-body = Текст
notice-template-body-hint = Слова в фигурных скобках заменяются данными обращения. Строка, для которой данных нет, в письмо не попадёт
notice-template-save = Сохранить
notice-template-preview = Посмотреть, не сохраняя
notice-template-restore = Вернуть текст из поставки
notice-template-saved = Письмо изменено
notice-template-restored = Текст из поставки возвращён
notice-places = Что можно подставить
notice-place-needed = обязательно
notice-preview = Как будет выглядеть
notice-error-place = Такого места здесь нет: { $place }. Список — под текстом
notice-error-place-needed = Добавьте { $place }: без этого письмо бесполезно
notice-error-brace = Фигурная скобка без пары
notice-error-as-it-came = Текст и так из поставки

## Places of templates
notice-place-greeting = приветствие по имени
notice-place-number = номер обращения
notice-place-link = адрес страницы обращения
notice-place-unit = кто отвечает
notice-place-operator = кто ведёт приёмную
notice-place-state = состояние
notice-place-registered = день регистрации
notice-place-due = срок ответа
notice-place-new_date = новый срок
notice-place-executor = исполнитель
notice-place-items = список документов
notice-place-instructions = как отправить документы
notice-place-reason = причина
notice-place-outcome = решение
notice-place-answer = текст ответа, если его просили письмом
notice-place-next_steps = что делать дальше
notice-place-days = сколько рабочих дней осталось или дней просрочено
notice-place-to = орган, куда направлено, или номер апелляции

## Samples for the preview
notice-sample-greeting = Здравствуйте, Анна Петровна!
notice-sample-number = А-2026-00000042-5
notice-sample-unit = Отдел дорог
notice-sample-state = В работе
notice-sample-registered = 20 ноября 2026 года
notice-sample-due = 21 декабря 2026 года
notice-sample-new_date = 20 января 2027 года
notice-sample-executor = Пётр И.
notice-sample-items = — копия паспорта{"\u000A"}— справка о составе семьи
notice-sample-instructions = Загрузите файлы на странице обращения.
notice-sample-reason = Ждём ответа другого ведомства.
notice-sample-outcome = Удовлетворено
notice-sample-answer = Снег вывезен 22 ноября.
notice-sample-next_steps = Ничего делать не нужно.
notice-sample-days = 3
notice-sample-to = Министерство транспорта

## In the log of the administration
people-act-template-changed = изменён
people-act-template-restored = возвращён из поставки
people-act-field-letter = письмо
people-act-field-language = язык
people-act-field-subject = тема
people-act-field-body = текст

## Reminders of documents and of the beginning of work
notice-of-documents_again = Напоминаем: нужны документы по обращению { $number }
notice-of-begin = Обращение { $number } ждёт начала работы
notice-line-send-by = Прислать до: { $value }
notice-line-begin-by = Начать работу до: { $value }
notice-kind-documents_again = Напоминание о документах
notice-kind-begin = Руководителю: пора начинать работу

## Co-applicants without an account
notice-letter-foot-named = Это письмо отправлено автоматически, отвечать на него не нужно. Вас назвали соавтором этого обращения и указали ваш адрес; текст обращения и ответа покажет тот, кто его подал. Не хотите получать такие письма: { $address }
notice-named-title = Письма соавтору обращения
notice-named-text = Кто-то подал обращение, назвал вас соавтором и указал этот адрес. О том, что становится с таким обращением, мы сообщаем письмами.
notice-named-whole = В письмах — только номер, состояние, сроки и решение. Текст обращения и ответа покажет тот, кто его подал.
notice-named-stop-text = Если вы об этом не просили или письма вам не нужны, откажитесь: больше не придёт ни одного — ни об этом обращении, ни о других, где вас назовут соавтором.
notice-named-stop = Больше не присылать
notice-named-none = Вы отказались: письма на ваш адрес не приходят.
notice-named-go = Присылать снова
notice-named-stopped = Больше писем не будет
notice-named-go-again = Письма будут приходить

## What the applicant does, told to staff
notice-of-withdrawn = Заявитель отменил обращение { $number }
notice-kind-withdrawn = Сотруднику: заявитель отменил обращение

## Reminders of parts and plans
notice-of-part = Ваша часть работы по обращению { $number }: подходит или прошёл срок
notice-of-plan = Намеченный день ответа на { $number } подходит или прошёл
notice-kind-part = Сотруднику: срок части работы
notice-kind-plan = Сотруднику: намеченный день ответа
notice-line-day = День: { $value }
notice-error-overtaken = Пока страница была открыта, письмо изменил кто-то ещё. Ваши слова в полях, сохранённые им — в образце. Сверьте и сохраните снова

## What staff are told in words of its own
notice-of-named = Вас указали соавтором обращения { $number }
notice-of-documents_added = К обращению { $number } приложены документы
notice-of-rated = Заявитель оценил работу по обращению { $number }
notice-of-objected = Заявитель не согласен с ответом на { $number }
notice-of-corrected = Заявитель исправил или дополнил обращение { $number }
notice-of-arrived = В ваше подразделение передано обращение { $number }
notice-of-gone = Обращение { $number } теперь не у вас
notice-of-part_given = Вам поручена часть работы по обращению { $number }
notice-of-part_done = Соисполнитель ответил по обращению { $number }
notice-of-to_sign = Ответ на { $number } ждёт подписи
notice-of-work_again = Обращение { $number } снова в работе, срок новый
notice-of-term_changed = Срок ответа на { $number } продлён
notice-of-late = Просрочен ответ на { $number }
notice-kind-named = Вас указали соавтором
notice-kind-documents_added = Сотруднику: приложены документы
notice-kind-rated = Сотруднику: заявитель оценил работу
notice-kind-objected = Сотруднику: заявитель не согласен с ответом
notice-kind-corrected = Сотруднику: заявитель исправил данные
notice-kind-arrived = Руководителю: обращение передано в подразделение
notice-kind-gone = Сотруднику: обращение передали другому
notice-kind-part_given = Сотруднику: поручена часть работы
notice-kind-part_done = Сотруднику: соисполнитель ответил
notice-kind-to_sign = Руководителю: ответ ждёт подписи
notice-kind-work_again = Сотруднику: обращение снова в работе
notice-kind-term_changed = Сотруднику: срок продлён
notice-kind-late = Сотруднику и руководителю: ответ просрочен
notice-line-topic = Тема: { $value }
notice-line-applicant = Заявитель: { $value }. Если вы не участвуете, откажитесь на странице обращения
notice-line-stars = Оценка: { $value } из 5
notice-line-objection = Номер апелляции: { $value }
notice-line-late =
    { $count ->
    [one] Просрочено на { $count } день
    [few] Просрочено на { $count } дня
   *[other] Просрочено на { $count } дней
 }
notice-place-topic = тема обращения
notice-place-applicant = кто подал обращение
notice-place-stars = оценка
notice-sample-topic = Не убирают снег
notice-sample-applicant = Анна Петровна
notice-sample-stars = 4
notice-letter-foot-reception = Это письмо отправлено автоматически, отвечать на него не нужно. По номеру на этой странице видно состояние и срок; чтобы узнать остальное, позвоните или придите в приёмную. Если вам выдали талон с кодом, код откроет обращение целиком.

## Who is named beside the applicant, and declines
notice-of-named_for = Вас указали представителем по обращению { $number }
notice-of-declined = Участник отказался от обращения { $number }
notice-of-party_left = Участник отказался от обращения { $number }
notice-kind-named_for = Вас указали представителем
notice-kind-declined = Тот, кого вы назвали, отказался участвовать
notice-kind-party_left = Сотруднику: участник отказался от обращения
notice-line-party = Отказался: { $value }

## Until when a reply is awaited
notice-line-reply-by = Ждём вашего ответа до { $value }

## An answer on paper
notice-of-posted = Ответ на обращение { $number } отправлен письмом
notice-of-ready = Ответ на обращение { $number } готов к выдаче
notice-kind-posted = Ответ отправлен письмом
notice-kind-ready = Ответ готов к выдаче
notice-line-posted-on = Отправлен: { $value }
notice-line-post-item = Номер отправления: { $value }
notice-line-place = Где забрать: { $value }
notice-line-hours = Когда: { $value }
notice-place-post_item = номер почтового отправления
notice-place-hours = когда можно забрать ответ
notice-sample-post_item = 64400092012345
notice-sample-hours = пн–чт 9:00–18:00

## A new return code
notice-of-code_renewed = Для обращения { $number } выдали новый код возврата
notice-kind-code_renewed = Новый код возврата

## Works on the ground
notice-of-task_set = По обращению { $number } поставлена задача
notice-of-works_begun = По обращению { $number } начались работы
notice-of-works_stage = По обращению { $number } сделан этап работ
notice-of-works_put_off = Работы по обращению { $number } отложены
notice-of-works_done = Работы по обращению { $number } сделаны
notice-of-works_checked = Руководитель подтвердил работы по { $number }
notice-of-works_back = Работы по обращению { $number } вернули: сделано не всё
notice-of-works_dropped = Задача по обращению { $number } снята
notice-of-problem_solved = Проблема по обращению { $number } решена
notice-of-task_day = Срок задачи по обращению { $number } подходит или прошёл
notice-of-works_disputed = Заявитель по обращению { $number } пишет: не сделано
notice-of-task_given = Вам поручена задача по обращению { $number }
notice-of-task_back = Работы по обращению { $number } вам вернули
notice-of-works_reported = Работы по обращению { $number } ждут подтверждения
notice-kind-task_set = Поставлена задача
notice-kind-works_begun = Начались работы
notice-kind-works_stage = Сделан этап работ
notice-kind-works_put_off = Работы отложены
notice-kind-works_done = Работы сделаны
notice-kind-works_checked = Работы подтверждены
notice-kind-works_back = Работы возвращены
notice-kind-works_dropped = Задача снята
notice-kind-problem_solved = Проблема решена
notice-kind-task_day = Сотруднику: срок задачи
notice-kind-works_disputed = Сотруднику и руководителю: заявитель пишет, что не сделано
notice-kind-task_given = Сотруднику: поручена задача
notice-kind-task_back = Сотруднику: работы вернули
notice-kind-works_reported = Руководителю: работы ждут подтверждения
notice-line-works = { $value }
notice-line-stage = Этап: { $value }
notice-line-task-day = Срок: { $value }
notice-line-done-on = Сделано: { $value }
notice-place-works = задача или проблема
notice-place-stage = этап работ
notice-sample-works = Очистить дворы на Лесной
notice-sample-stage = Вывоз снега
