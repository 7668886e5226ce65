"""Plants made-up cases for the measure of the detectors: 200 for each, as lines of JSON.

    python3 plant.py [seed] > planted.jsonl

The templates are written here and by nobody else; half of the cases of a detector hold what it looks
for, half hold what is easily taken for it. The same hands wrote the lists of the detectors, so figures
on these flatter: they show that nothing broke, the labelled texts show what is worth something.
"""

import json
import random
import sys
from datetime import date, datetime, timedelta

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
MONTHS_IN = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре".split()
MONTHS_ON = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
ROMAN = ["I", "II", "III", "IV"]
STREETS = ["Луговая", "Кленовая", "Мирная", "Озёрная", "Заводская", "Тополиная", "Речная", "Полевая"]
WORKS = [
    "ремонт ограждения", "замена урны", "покраска скамеек", "ямочный ремонт проезда", "обрезка тополей",
    "восстановление освещения", "ремонт козырька", "промывка труб", "установка дорожного знака", "посев газона",
]
PLURAL = ["Работы", "Указанные работы", "Мероприятия по устранению недостатков", "Ремонтные работы у дома"]
OPENINGS = ["Здравствуйте! Ваше обращение рассмотрено. ", "Уважаемая Анна Петровна! ", "", "На ваше письмо № 1204 сообщаем: "]
CLOSINGS = [" С уважением, отдел благоустройства.", " Благодарим за обращение.", "", " Приложение: фотография на 1 л."]


def last_of(year, month):
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def next_day(answered, month, day):
    there = date(answered.year, month, day)
    return there if there >= answered else date(answered.year + 1, month, day)


def working_days(start, count):
    while count:
        start += timedelta(days=1)
        count -= start.weekday() < 5
    return start


def promised(chance, answered):
    """A sentence with a promise, and its day."""
    work, who = chance.choice(WORKS), chance.choice(PLURAL)
    ahead = answered + timedelta(days=chance.randint(5, 500))
    dotted, written = ahead.strftime("%d.%m.%Y"), f"{ahead.day} {MONTHS[ahead.month - 1]} {ahead.year}"
    kind = chance.randrange(14)
    if kind == 0:
        return f"{work.capitalize()} будет произведена до {written} года.", ahead
    if kind == 1:
        return f"{who} планируется завершить в срок до {dotted} г.", ahead
    if kind == 2:
        return f"Срок исполнения: {dotted}, ответственный — участок № 3.", ahead
    if kind == 3:
        day, month = chance.randint(1, 28), chance.randint(1, 12)
        return f"{who} будут выполнены не позднее {day} {MONTHS[month - 1]}.", next_day(answered, month, day)
    if kind == 4:
        count = chance.choice([3, 5, 10, 15, 20])
        return f"Подрядчик устранит замечания в течение {count} рабочих дней.", working_days(answered, count)
    if kind == 5:
        count, word = chance.choice([(7, "семи"), (10, "десяти"), (14, "14"), (30, "30")])
        return f"{who} будут начаты и окончены в течение {word} календарных дней.", answered + timedelta(days=count)
    if kind == 6:
        number, year = chance.randint(1, 4), answered.year + 1
        return f"{work.capitalize()} намечен на {ROMAN[number - 1]} квартал {year} года.", last_of(year, number * 3)
    if kind == 7:
        season, month = chance.choice([("весной", 5), ("летом", 8), ("осенью", 11)])
        year = answered.year + 1
        return f"{who} будем проводить {season} {year} года при подходящей погоде.", last_of(year, month)
    if kind == 8:
        return f"Обещаем, что {work} будет закончен до конца года.", date(answered.year, 12, 31)
    if kind == 9:
        month = chance.randint(1, 12)
        due = last_of(answered.year, month)
        due = due if due >= answered else last_of(answered.year + 1, month)
        return f"{who} запланированы на {MONTHS_ON[month - 1]}.", due
    if kind == 10:
        month, year = chance.randint(1, 12), answered.year + 1
        return f"Бригада выйдет на адрес в {MONTHS_IN[month - 1]} {year} года, тогда будет выполнен {work}.", last_of(year, month)
    if kind == 11:
        year = answered.year + chance.randint(1, 3)
        return f"Адрес включён в план текущего ремонта на {year} год, пункт {chance.randint(2, 90)}.", date(year, 12, 31)
    if kind == 12:
        return f"{who} перенесены из-за морозов, их сделают к {dotted}.", ahead
    count = chance.choice([2, 3])
    return f"Через {['две', 'три'][count - 2]} недели мастер придёт и заменит неисправный кран.", answered + timedelta(days=7 * count)


def not_promised(chance, answered):
    back = answered - timedelta(days=chance.randint(2, 200))
    ahead = answered + timedelta(days=chance.randint(20, 300))
    street = chance.choice(STREETS)
    return chance.choice([
        f"До {back.day} {MONTHS[back.month - 1]} {back.year} года все работы были завершены.",
        f"Осмотр проведён {back.strftime('%d.%m.%Y')}, замечаний нет.",
        "Обращение рассматривается в течение 30 дней со дня регистрации.",
        "Ответ можно обжаловать в течение трёх месяцев.",
        f"В соответствии с постановлением от {ahead.strftime('%d.%m.%Y')} № 318 порядок изменён.",
        f"Договор действует до {ahead.strftime('%d.%m.%Y')}, уборка ведётся по графику.",
        f"По адресу: {street} улица, дом {chance.randint(1, 90)}, корпус 2, квартира {chance.randint(100, 400)}, недостатков не найдено.",
        "Влажная уборка проводится два раза в неделю, мытьё окон — один раз в год, весной.",
        "Посадка деревьев возможна с 15.04 по 15.10.",
        f"Вопрос остаётся на контроле до {ahead.strftime('%d.%m.%Y')}.",
        f"В {back.year} году на этой улице выполнен ремонт, гарантия — 5 лет.",
        f"Если собственник не уберёт навес до {ahead.strftime('%d.%m.%Y')}, дело передадут в суд.",
        "Телефон диспетчерской 12-05, приём по средам с 15.00 до 18.00.",
        "Снег убран, дорожка посыпана песком, приносим извинения.",
        f"Сведения о сроке ремонта дома по улице 8 Марта, {chance.randint(2, 40)} отсутствуют.",
        f"Заявка от {back.strftime('%d.%m')} закрыта в тот же день.",
    ])


def promises(chance, number):
    answered = date(2026, 1, 10) + timedelta(days=chance.randrange(350))
    parts, due = [not_promised(chance, answered)], []
    if number % 2 == 0:
        said, day = promised(chance, answered)
        parts.append(said)
        due.append(day.isoformat())
    else:
        parts.append(not_promised(chance, answered))
    chance.shuffle(parts)
    text = chance.choice(OPENINGS) + " ".join(parts) + chance.choice(CLOSINGS)
    return {"text": text, "answered": answered.isoformat(), "due": due}


# Matters: a fault, a wish, and what may be added to either without a new question.
MATTERS = [
    ("во дворе третий день не убирают снег", "очистить дорожки от снега", "Люди падают, пройти нельзя."),
    ("у подъезда не горит фонарь", "восстановить освещение у входа", "Вечером ничего не видно."),
    ("переполнены мусорные контейнеры", "вывезти мусор", "Ветер разносит пакеты по газону."),
    ("лифт стоит с понедельника", "запустить лифт", "Пожилым не подняться на девятый этаж."),
    ("на детской площадке сломаны качели", "починить качели", "Ребёнок уже поранился."),
    ("на проезжей части глубокая яма", "заделать яму", "Машины объезжают её по встречной."),
    ("с крыши течёт вода прямо в квартиру", "отремонтировать кровлю", "Потолок весь в пятнах."),
    ("батареи еле тёплые", "проверить отопление", "Спим в свитерах."),
    ("собаки без хозяев бегают стаей", "отловить бродячих собак", "Дети боятся идти в школу."),
    ("автобус приходит раз в час", "добавить рейсы", "На работу не уехать."),
    ("в квитанции дважды посчитана одна услуга", "сделать перерасчёт", "Бухгалтерия не отвечает."),
    ("сухое дерево вот-вот упадёт на провода", "спилить дерево", "При ветре оно скрипит."),
    ("по ночам на парковке гремит музыка", "навести порядок ночью", "Полиция не приезжает."),
    ("стены исписаны рекламой", "закрасить надписи на стене", "Смотреть противно."),
]
PADDING = ["Пишу уже третий раз.", "Соседи меня поддерживают.", "Фотографии приложу.", "Заранее спасибо!", "Так продолжаться не может."]
JOINS = [
    ("{a}. Прошу {b_wish}. Кроме того, {c}. Прошу {d_wish}."),
    ("Во-первых, {a}. Во-вторых, {c}."),
    ("1. {A}. 2. {C}."),
    ("1) {A}. {more}\n2) {C}. {other}"),
    ("{A}. {more} Также прошу {d_wish}."),
    ("{A}. {more}\n\n{C}. {other} Прошу {d_wish}."),
    ("{A}, также прошу {d_wish}."),
    ("{A}. Ещё одна проблема: {c}."),
    ("Первый вопрос: почему {a}? Второй вопрос: почему {c}?"),
    ("{A}. {more} Помимо этого, {c}."),
    ("{A}. {more} И последнее: {c}, прошу {d_wish}."),
    ("На улице {s}, дом 4 {a}.\nНа улице {z}, дом 19 {c}."),
    ("Прошу {b_wish}. Заодно прошу {d_wish}."),
    ("{A}. {more} А ещё {c}. {other}"),
]
ONES = [
    "{A}. {more} Прошу {b_wish}.",
    "{A}. {more}\n\nПрошу {b_wish}. {pad}",
    "{A}. Кроме того, {pad_small} Прошу {b_wish}.",
    "Здравствуйте! {A}. Также сообщаю, что писал об этом весной. {more}",
    "По адресу: {s} улица, дом 12 {a}. {more} Прошу принять меры и {b_wish}.",
    "{A}. Когда это кончится? Почему никто не приходит? Прошу {b_wish}.",
    "{A}. Обращался: 1.02.2026 в управление, 12.03.2026 в район. Прошу {b_wish}.",
    "Прошу {b_wish}. {more} {pad}",
    "{A}, а также рядом с соседним подъездом то же самое. {pad}",
    "{A}. {more} Дополнительно прикладываю снимки. Прошу {b_wish}.",
]


def questions(chance, number):
    one, two = chance.sample(MATTERS, 2)
    street, other = chance.sample(STREETS, 2)
    several = number % 2 == 0
    words = {
        "a": one[0], "A": one[0].capitalize(), "b_wish": one[1], "more": one[2],
        "c": two[0], "C": two[0].capitalize(), "d_wish": two[1], "other": two[2],
        "s": street, "z": other, "pad": chance.choice(PADDING), "pad_small": "никто не берёт трубку.",
    }
    text = chance.choice(JOINS if several else ONES).format(**words)
    text = text[0].upper() + text[1:]
    if chance.random() < 0.3:
        text += " " + chance.choice(PADDING)
    return {"text": text, "several": several}


def reworded(chance, text):
    """The same said by a neighbour: words moved, one left out, others put before and behind."""
    parts = text.split(", ")
    chance.shuffle(parts)
    words = " ".join(parts).split()
    if len(words) > 5 and chance.random() < 0.5:
        words.pop(chance.randrange(len(words)))
    before = chance.choice(["Добрый день! ", "Прошу принять меры: ", "", "Снова ", "Уважаемые! "])
    return before + " ".join(words) + chance.choice([".", "!", ". Сколько можно!", ". Фото есть."])


THINGS = ["ограда", "лавка", "урна", "горка", "калитка", "вывеска", "решётка", "табличка"]


def alike(chance, number):
    lat, lon = 50 + chance.random() * 10, 40 + chance.random() * 10
    at = datetime(2026, 3, 1) + timedelta(hours=chance.randrange(4000))
    street, house = chance.choice(STREETS), chance.randint(1, 80)
    fault, wish, more = chance.choice(MATTERS)
    floor = chance.randint(2, 9)
    text = f"{fault}, улица {street}, дом {house}, прошу {wish}"
    if chance.random() < 0.5:
        text += ", " + more.lower().rstrip(".")
    a = {"text": text, "lat": lat, "lon": lon, "at": at.isoformat()}
    b = {"text": reworded(chance, text), "lat": lat + chance.uniform(-4e-4, 4e-4), "lon": lon + chance.uniform(-4e-4, 4e-4)}
    later = chance.randint(0, 20)
    same = number % 2 == 0
    if same and chance.random() < 0.2:
        for one in (a, b):
            one.update(lat=None, lon=None, address=chance.choice([f"ул. {street}, д. {house}", f"{street} улица, дом {house}"]))
    if not same:
        kind = number // 2 % 5
        if kind == 0:  # Elsewhere.
            b["lat"] += 0.01
        elif kind == 1:  # Long after.
            later = chance.randint(60, 200)
        elif kind == 2:  # Another matter at the same place.
            other = chance.choice([one for one in MATTERS if one[0] != fault])
            b["text"] = f"{other[0]}, улица {street}, дом {house}, прошу {other[1]}"
        elif kind == 3:  # Another floor.
            frame = "на {} этаже у лифта не горит лампа, темно, прошу заменить"
            a["text"], b["text"] = frame.format(floor), frame.format(floor + 3)
        else:  # Another thing in the same frame.
            one, two = chance.sample(THINGS, 2)
            frame = "сломана {}, прошу починить и привлечь виновных по закону о благоустройстве"
            a["text"], b["text"] = frame.format(one), frame.format(two)
    b["at"] = (at + timedelta(days=later)).isoformat()
    return {"a": a, "b": b, "same": same}


ANSWERS = [
    "Сообщаем, что по адресу {s}, {h} проведён осмотр, {w} выполнен силами подрядной организации, территория приведена в порядок, акт подписан {d}.",
    "Ваше обращение рассмотрено. Нарушений в содержании дома {h} по улице {s} не выявлено, работы ведутся по утверждённому графику, который висит в подъезде.",
]


def own_answer(chance):
    words = [w for one in chance.sample(MATTERS, 4) for w in (one[0] + " " + one[1]).split()]
    chance.shuffle(words)
    return " ".join(words[:30]).capitalize() + "."


def gaming(chance, number):
    """A course and what should be said of it: events are [hours since the start, person, what, …]."""
    term = 30 * 24
    expected, events = [], []
    answered = chance.randint(100, 500)
    kind = number % 10
    text = own_answer(chance)
    measured = True
    if kind == 0:
        at = int(term * chance.uniform(0.85, 1.1))
        events.append([at, "redirected", 1, 2, term, term + 300])
        answered = at + 100
        expected.append("late_redirect")
    elif kind == 1:
        events += [[20, "redirected", 1, 2, term, term + 20], [60, "redirected", 2, 1, term + 20, term + 60]]
        expected.append("ping_pong")
    elif kind == 2:
        at = int(term * chance.uniform(0.88, 0.99))
        events.append([at, "asked", term])
        answered = at + 50
        expected.append("late_pause")
    elif kind == 3:
        events += [[30, "asked", term], [90, "asked", term + 50], [150, "asked", term + 90]]
        answered = 400
        expected.append("repeated_pauses")
    elif kind == 4:
        measured = False
        expected.append("closed_without_measure")
    elif kind == 5:
        expected.append("reopened")
    elif kind == 6:  # An early redirect, right as it should be.
        events.append([int(term * chance.uniform(0.02, 0.6)), "redirected", 1, 2, term, term + 100])
        answered = 600
    elif kind == 7:  # Sent on twice, never back; one question to the applicant in time.
        events += [[20, "redirected", 1, 2, term, term + 20], [60, "redirected", 2, 3, term + 20, term + 60], [90, "asked", term]]
    elif kind == 8:  # Copied from the same words, with another street.
        text = ANSWERS[0].format(s=chance.choice(STREETS), h=chance.randint(1, 90), w="ремонт", d="12.05.2026")
        expected.append("copied")
    person, start, closed = number % 7, number * 17, answered + 1
    if kind == 9:  # Closed in a row with nine others, by one of two persons who close nothing else.
        person = 50 + number // 100
        closed = 6000 - start + number % 100 / 1000
        expected.append("mass_closing")
    if measured:
        events.append([answered - 5, "measured"])
    events.append([answered, "answered", text, kind != 9])
    events.append([closed, "closed"])
    if kind == 5:
        events.append([answered + chance.randint(24, 400), "reopened"])
    return {"case": number, "person": person, "start": start, "events": sorted(events, key=lambda one: one[0]), "expected": expected}


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else "59"
    for make in (promises, questions, alike, gaming):
        chance = random.Random(f"{make.__name__} {seed}")
        planted = [make(chance, number) for number in range(200)]
        if make is gaming:
            # The first answer of those that share one was copied from nobody.
            copied = [one for one in planted if "copied" in one["expected"]]
            when = lambda one: one["start"] + next(e[0] for e in one["events"] if e[1] == "answered")
            min(copied, key=when)["expected"].remove("copied")
        for one in planted:
            print(json.dumps({"detector": make.__name__, **one}, ensure_ascii=False))


if __name__ == "__main__":
    main()
