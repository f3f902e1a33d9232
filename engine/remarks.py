"""What was said in the talk of a case: opened for people who may read it, nowhere else."""

from engine import vault


def text(case_id: int, sealed: str) -> str:
    """One remark."""
    return str(vault.unseal(sealed, f"comment:{case_id}")["text"])


def seal(case_id: int, said: str) -> str:
    """The same, put away."""
    return vault.seal({"text": said.strip()}, f"comment:{case_id}")
