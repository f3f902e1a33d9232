"""A sentence on a page is what the library makes of it, with values, with a per cent sign, escaped or not."""

import pytest
from flask import Flask
from flask_babel import Babel
from jinja2.ext import _make_new_gettext

from webui import catalogue

SENTENCES: tuple[tuple[str, dict[str, object]], ...] = (
    ("Aduan", {}),
    ("naik 5%%", {}),
    ("%(n)s aduan <b>%(who)s</b>", {"n": 3, "who": "<i>Siti</i>"}),
    ("tanpa isian", {"n": 3}),
    ("%(text)s menurut %(context)s", {"text": "ayat", "context": "<pasal>"}),
    ("<b>tebal</b>", {}),
)


@pytest.mark.parametrize("escaped", [True, False])
def test_a_sentence_is_what_the_library_makes_of_it(escaped: bool) -> None:
    app = Flask(__name__)
    catalogue.register(app, Babel(app, locale_selector=lambda: "en"))
    ours = app.jinja_env.globals
    library = _make_new_gettext(lambda text: text)
    with app.test_request_context():
        for text, values in SENTENCES:
            page = "{% autoescape escaped %}{{ say(text, **values) }}{% endautoescape %}"
            said = {
                app.jinja_env.from_string(page).render(say=say, text=text, values=values, escaped=escaped)
                for say in (ours["_"], ours["gettext"], library)
            }
            assert len(said) == 1, said
