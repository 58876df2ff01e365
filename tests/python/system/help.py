# help() of what a program defines. (The prompt's help is not there without `site`.)
import pydoc


class Shape:
    """A shape with corners."""

    __slots__ = ()
    corners: int = 3

    def area(self, width, height=2, *rest, unit: str = "cm", **more) -> int:
        """Gives the area."""

    @property
    def sides(self):
        "As many as corners."


def scale(shape, /, by=2):
    "Makes it larger."


pydoc.help(Shape)  # expect: Help on class Shape in module __main__:
# expect:
# expect: class Shape(builtins.object)
# expect:  |  A shape with corners.
# expect:  |
# expect:  |  Methods defined here:
# expect:  |
# expect:  |  area(self, width, height=2, *rest, unit: str = 'cm', **more) -> int
# expect:  |      Gives the area.
# expect:  |
# expect:  |  ----------------------------------------------------------------------
# expect:  |  Readonly properties defined here:
# expect:  |
# expect:  |  sides
# expect:  |      As many as corners.
# expect:  |
# expect:  |  ----------------------------------------------------------------------
# expect:  |  Data and other attributes defined here:
# expect:  |
# expect:  |  __annotations__ = {'corners': <class 'int'>}
# expect:  |
# expect:  |  corners = 3
# expect:
pydoc.help(scale)  # expect: Help on function scale in module __main__:
# expect:
# expect: scale(shape, /, by=2)
# expect:     Makes it larger.
# expect:
print(pydoc.render_doc(Shape.area, renderer=pydoc.plaintext))  # expect: Python Library Documentation: function area in module __main__
# expect:
# expect: area(self, width, height=2, *rest, unit: str = 'cm', **more) -> int
# expect:     Gives the area.
# expect:
