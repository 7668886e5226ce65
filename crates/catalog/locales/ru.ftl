# Каталог: услуги, темы, формы.

catalog-services = Услуги и обращения
catalog-services-lead = Выберите, с чем вы пришли. На каждое обращение отвечают по закону и в срок.
catalog-find-label = Что нужно сделать
catalog-find-hint = Например: снег
catalog-find = Найти
catalog-topics = Подходящие темы
catalog-topics-lead = Выберите тему: откроется «{ $service }», где она уже отмечена. Другие услуги — ниже.
catalog-nothing = По запросу «{ $typed }» ничего не нашлось. Попробуйте другое слово или выберите услугу из списка.
catalog-all = Все услуги
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
catalog-place-territory-hint = Если не уверены, выберите область
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

catalog-error-required = Ответьте на этот вопрос
catalog-error-null = Значение null не подходит: дайте ответ или уберите поле
catalog-error-type-text = Нужен текст
catalog-error-type-list = Нужен один ответ, а не список
catalog-error-type-number = Нужно целое число, без кавычек и букв
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

catalog-error-code = Код: маленькие латинские буквы, цифры, точки и дефисы, не больше 64 знаков
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
