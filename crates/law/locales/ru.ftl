# Слова о сроках и календаре: шаги объяснения «Почему эта дата?», ошибки, названия.
#
# Аргументы: дату подставляют словами через law-date, время — как «18:00», остальное — как есть.

law-date = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
} { $year } года
law-weekday = { $weekday ->
    [mon] понедельник
    [tue] вторник
    [wed] среда
    [thu] четверг
    [fri] пятница
    [sat] суббота
   *[sun] воскресенье
}
law-weekday-from = { $from_weekday ->
    [mon] понедельник
    [tue] вторник
    [wed] среда
    [thu] четверг
    [fri] пятница
    [sat] суббота
   *[sun] воскресенье
}
law-weekday-to = { $to_weekday ->
    [mon] понедельник
    [tue] вторник
    [wed] среду
    [thu] четверг
    [fri] пятницу
    [sat] субботу
   *[sun] воскресенье
}
law-holiday = { $holiday ->
    [new_year] новогодние каникулы и Рождество
    [defender] День защитника Отечества
    [women] Международный женский день
    [labour] Праздник Весны и Труда
    [victory] День Победы
    [russia] День России
    [unity] День народного единства
    [vote_2020] общероссийское голосование 2020 года
   *[other] { $holiday }
}
law-day-off = { $reason ->
    [weekend] выходной
    [holiday] праздник ({ law-holiday })
    [moved] выходной, перенесённый с { $moved_from }
    [local] местный выходной ({ $act })
   *[decree] нерабочий день ({ $act })
}
law-length = { $unit ->
    [working_days] { $length ->
        [one] { $length } рабочий день
        [few] { $length } рабочих дня
       *[other] { $length } рабочих дней
    }
   *[calendar_days] { $length ->
        [one] { $length } день
        [few] { $length } дня
       *[other] { $length } дней
    }
}

law-why = Почему эта дата?
law-step-received = Поступило { $on } ({ law-weekday }) в { $at } по времени ведомства.
law-step-brought = Получено { $on } ({ law-weekday }). Зарегистрировать нужно не позже { $latest } ({ $article }).
law-step-registered = День регистрации — { $on } ({ law-weekday }): { $because ->
    [at_once] регистрируют сразу
    [same_day] поступило до конца рабочего дня
    [after_hours] рабочий день кончился в { $closed_at }, регистрируют на следующий рабочий
    [day_off] день поступления — { law-day-off }, регистрируют на следующий рабочий
    [by_hand] в этот день обращение внёс сотрудник
   *[limit] позже регистрировать нельзя
} ({ $article }).
law-step-starts = День { $event ->
    [received] поступления
   *[registered] регистрации
} — { $on }. { $aim ->
    [target] Внутренний срок ведомства — { law-length }
   *[limit] { $length ->
        [0] Срок — в тот же день ({ $article })
       *[other] Срок — { law-length } ({ $article })
    }
}.
law-step-first-day = { $counts ->
    [yes] День 1 — { $on }
   *[no] Счёт идёт с { $on }
}: { $day_after ->
    [yes] срок считают со следующего дня после { $event ->
        [received] поступления
       *[registered] регистрации
    }
   *[no] день { $event ->
        [received] поступления
       *[registered] регистрации
    } входит в срок
} ({ $article }).
law-step-counted = { $days ->
    [1] { $unit ->
        [working_days] { $from_day }-й рабочий день — { $from }
       *[calendar_days] { $from_day }-й день — { $from }
    }
   *[other] { $unit ->
        [working_days] Рабочие дни { $from_day }–{ $to_day }: с { $from } по { $to }
       *[calendar_days] Дни { $from_day }–{ $to_day }: с { $from } по { $to }, подряд
    }
}{ $counted_as ->
    [working_weekend] { $weekday ->
        [sat] , рабочая суббота: её выходной перенесён на другой день
       *[sun] , рабочее воскресенье: его выходной перенесён на другой день
    }
    [decree_day] . { $days ->
        [1] День объявлен нерабочим ({ $act }), но в этот срок входит
       *[other] Эти дни объявлены нерабочими ({ $act }), но в этот срок входят
    }
    [local] . { $days ->
        [1] Здесь этот день рабочий ({ $act })
       *[other] Здесь эти дни рабочие ({ $act })
    }
   *[plain] { "" }
}.
law-step-skipped = { $days ->
    [1] Не считается { $from }
   *[other] Не считаются дни с { $from } по { $to }
}: { $reason ->
    [weekend] { $days ->
        [1] выходной
       *[other] выходные
    }
    [holiday] { $days ->
        [1] праздник ({ law-holiday })
       *[other] праздники ({ law-holiday })
    }
    [moved] выходной, перенесённый с { $moved_from }
    [local] { $days ->
        [1] местный выходной ({ $act })
       *[other] местные выходные ({ $act })
    }
   *[decree] { $days ->
        [1] нерабочий день ({ $act })
       *[other] нерабочие дни ({ $act })
    }
}.
law-step-paused = { $days ->
    [1] { $from } срок стоял
   *[other] С { $from } по { $to } срок стоял
}, { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}: { $ground } ({ $article }).
law-step-extended = { $decided_on } срок продлён на { $unit ->
    [working_days] { $days ->
        [one] { $days } рабочий день
        [few] { $days } рабочих дня
       *[other] { $days } рабочих дней
    }
   *[calendar_days] { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }
}: { $ground } ({ $article }).{ $notice ->
    [yes] { " " }Заявителю об этом сообщают.
   *[no] { "" }
}
law-step-shifted = { $day ->
    [0] Последний день
   *[other] { $day }-й день
} — { law-weekday-from }, { $from }, { law-day-off }: срок переносится на { law-weekday-to }, { $to } ({ $article }).
law-step-decree-day-counts = { $on } — нерабочий день ({ $act }), но для этого срока он не выходной: срок не переносится.
law-step-local-day = { $on } — { $kind ->
    [shortened] здесь сокращённый рабочий день
   *[working] здесь рабочий день
} ({ $act }).
law-step-capped = Внутренний срок не может быть позже предельного: { $on }.
law-step-no-calendar = { $ahead ->
    [yes] Производственный календарь на { $year } год ещё не утверждён
   *[no] Производственного календаря на { $year } год здесь нет
}: выходными считаются суббота и воскресенье и праздники по ст. 112 ТК РФ.
law-step-ends = { $aim ->
    [target] Внутренний срок ведомства
   *[limit] Последний день срока
} — { $on } ({ law-weekday }).

law-days-left = { $days ->
    [0] Сегодня последний день
    [one] Остался { $days } день
    [few] Осталось { $days } дня
   *[other] Осталось { $days } дней
}
law-days-overdue = { $days ->
    [one] Просрочено на { $days } день
    [few] Просрочено на { $days } дня
   *[other] Просрочено на { $days } дней
}

law-regime-fz59 = обращение по 59-ФЗ
law-regime-fz59_proposal = предложение по 59-ФЗ
law-regime-fz8 = запрос информации по 8-ФЗ
law-regime-fz210 = жалоба по 210-ФЗ
law-regime-pos = сообщение платформы обратной связи
law-regime-signal = сигнал
law-regime-service = услуга
law-regime-own = собственное правило
law-source-confirmed = источник сверен
law-source-setting = срок установил регион

law-day-working = рабочий день
law-day-shortened = сокращённый рабочий день
law-day-working-weekend = рабочий день в выходной
law-day-weekend = выходной
law-day-holiday = праздник
law-day-moved-day-off = перенесённый выходной
law-day-nonworking-by-decree = нерабочий день по указу
law-day-local-day-off = местный выходной
law-day-local-working-day = местный рабочий день

law-error-beyond-time = Срок уходит дальше последней возможной даты.
law-error-pause-not-allowed = Этот срок нельзя приостановить.
law-error-pause-ends-before-it-begins = Пауза кончается { $to }, раньше своего начала { $from }.
law-error-pauses-overlap = Две паузы пересекаются: { $on }.
law-error-paused-too-long = Паузы длятся { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}, а можно не дольше { $max_days }.
law-error-extension-not-allowed = Этот срок нельзя продлить.
law-error-extended-too-far = Срок продлён на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}, а можно не больше чем на { $max_days }.
law-error-extended-too-late = Продлить срок { $decided_on } нельзя: он истёк { $due_on }.
law-error-unknown-ground = Такого основания в правиле нет.
law-error-too-many-changes = Слишком много пауз или продлений.
law-error-no-intake = Это правило не говорит, как регистрировать.

law-calendar-unreadable = Файл года не прочитан: проверьте запись.
law-calendar-unknown-format = Такой формат календаря программе не известен.
law-calendar-year-out-of-range = Для такого года календаря быть не может.
law-calendar-other-year = { $day } — день другого года.
law-calendar-listed-twice = { $day } указано дважды.
law-calendar-not-weekend = { $day } — будний день: он и так рабочий.
law-calendar-already-weekend = { $day } — уже выходной.
law-calendar-no-act = { $day }: не назван акт, который это установил.

law-rules-unreadable = Файл правил не прочитан: проверьте запись.
law-rules-unknown-format = Такой формат правил программе не известен.
law-rules-bad-name = Имя правила — строчные латинские буквы, цифры и знак «_».
law-rules-given-twice = Одна версия правила записана дважды.
law-rules-never-valid = Правило перестаёт действовать раньше, чем начинает.
law-rules-bad-length = Длина срока, продления или паузы не имеет смысла.
law-rules-target-beyond-limit = Внутренний срок длиннее предельного.
