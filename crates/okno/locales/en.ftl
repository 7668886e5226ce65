# Words of the program itself: answers of the command line.

verify-cli-valid = Confirmed: the entries are whole, stand in the log and are signed by this key.
verify-cli-unsigned = Consistent, but the signature is not confirmed: no key was given.
verify-cli-invalid = Not confirmed
