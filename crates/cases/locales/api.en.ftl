# The interface for programs: what it answers to a wrong request.

api-error-beside = This does not stand in fields but beside it, as “{ $name }”

## Drafts of guests
case-error-wrong-draft-key = The key of the draft does not fit
