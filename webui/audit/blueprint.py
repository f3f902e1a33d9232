"""The auditor's blueprint: every page of it only reads."""

from flask import Blueprint

bp = Blueprint("audit", __name__)
