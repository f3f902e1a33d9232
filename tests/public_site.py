"""The published site as anyone reads it."""

from flask.testing import FlaskClient

from db import connect, sql


def shown(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    connect.open_()
    assert answer.status_code == status, (address, answer.status, answer.get_data(as_text=True)[:500])
    return answer.get_data(as_text=True)


def public_id(case: int) -> str:
    return str(sql.value("SELECT public_id FROM publication WHERE case_file_id = ?", (case,)))
