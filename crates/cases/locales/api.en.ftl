# The interface for programs: what it answers to a wrong request.

api-error-encoding = The body of the request must be in UTF-8.
api-error-json = The body of the request cannot be read as JSON: check commas, quotes and brackets, how deep it goes, and that no number is too large.
api-error-query = The parameters of the address cannot be read: check how they are encoded.
api-error-object = An object with named fields is needed
api-error-text = Text is needed
api-error-yes = true or false is needed
api-error-twice = The name “{ $name }” stands twice: leave one
api-error-unknown = There is no field “{ $name }” here: leave it out
api-error-parameter = There is no parameter “{ $name }” here: leave it out
api-error-beside = This does not stand in fields but beside it, as “{ $name }”
api-error-key = The key of a repeat: one header, 1 to 255 visible ASCII characters, for example a UUID
api-error-limit = A number from 1 to { $most } is needed
api-error-after = There is no such place in the list: take next of the page before, or begin anew
