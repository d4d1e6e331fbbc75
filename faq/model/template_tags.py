"""Tags that templates may use beside Jinja's own."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup


class Once(Extension):
    """`{% once … %}`: what is in it is rendered once for each value of the expressions behind it.

    Nothing else of a page may make a difference to it.
    """

    tags = {"once"}  # noqa: RUF012 - as the base class has it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._parts: dict[tuple[object, ...], Markup] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The block as a call with what it holds."""
        line = next(parser.stream).lineno
        key: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(line)]
        while parser.stream.current.type != "block_end":
            parser.stream.skip_if("comma")
            key.append(parser.parse_expression())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        call = self.call_method("_render_once", [nodes.Tuple(key, "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _render_once(self, key: tuple[object, ...], caller: Callable[[], Markup]) -> Markup:
        if key not in self._parts:
            self._parts[key] = caller()
        return self._parts[key]
