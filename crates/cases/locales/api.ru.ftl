# Программный интерфейс: чем отвечает на неверный запрос.

api-error-beside = Это поле стоит не в fields, а рядом с ним, под именем «{ $name }»

## Drafts of guests
case-error-wrong-draft-key = Ключ черновика не подходит
