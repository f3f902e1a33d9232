"""Personal data: what is to be erased or held, whose NIK was used by others, what got out."""
