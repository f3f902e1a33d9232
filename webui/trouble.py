"""Why the machine could not read or write a file, in the office's words."""

import errno

_WORDS = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "akun ini tidak berhak",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "sebagian alamatnya bukan folder",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.ENOSPC: "tempatnya penuh",
}


def why(problem: OSError) -> str:
    """The everyday reasons in Indonesian, the others as the system says them."""
    return _WORDS.get(problem.errno or 0, str(problem.strerror))
