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
notice-line-overdue-do = Мы сообщили руководителю. Напишите в обращении — вам ответят или перезвонят; если ответа так и не будет, подайте жалобу на бездействие.

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
notice-kind-returned = Сотруднику: проект вернули
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
notice-templates-note = Слова писем, которые получают заявители и сотрудники
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
notice-place-days = сколько рабочих дней осталось
notice-place-to = орган, куда направлено

## Samples for the preview
notice-sample-greeting = Здравствуйте, Анна Петровна!
notice-sample-number = А-2026-00000042-7
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
