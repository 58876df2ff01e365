# csv: dialects, quoting, dictionaries.
import csv
import io

print(list(csv.reader(io.StringIO('name,age\r\n"Kim, Lee",30\nquote,"say ""hi"""\n,\n'))))  # expect: [['name', 'age'], ['Kim, Lee', '30'], ['quote', 'say "hi"'], ['', '']]
print(list(csv.reader(["a;b;'c;d'"], delimiter=";", quotechar="'")), list(csv.reader(["x  y"], delimiter=" ")))  # expect: [['a', 'b', 'c;d']] [['x', '', 'y']]
print(list(csv.DictReader(io.StringIO("n,v\na,1\nb,2,extra\nc\n"))))  # expect: [{'n': 'a', 'v': '1'}, {'n': 'b', 'v': '2', None: ['extra']}, {'n': 'c', 'v': None}]
print(list(csv.reader(['"multi', 'line",2'])), list(csv.reader(["1,2.5,\"x\""], quoting=csv.QUOTE_NONNUMERIC)))  # expect: [['multiline', '2']] [[1.0, 2.5, 'x']]
print(list(csv.reader(["a, b"], skipinitialspace=True)), list(csv.reader(["a\\,b"], escapechar="\\")))  # expect: [['a', 'b']] [['a,b']]


def written(rows, **options):
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()


rows = [["a", 1, 2.5, None, True], ["x,y", 'q"q', "line\nline", "", " s "]]
print(repr(written(rows)))  # expect: 'a,1,2.5,,True\r\n"x,y","q""q","line\nline",, s \r\n'
print(repr(written(rows, quoting=csv.QUOTE_ALL)))  # expect: '"a","1","2.5","","True"\r\n"x,y","q""q","line\nline",""," s "\r\n'
print(repr(written(rows, quoting=csv.QUOTE_NONNUMERIC)))  # expect: '"a",1,2.5,"",True\r\n"x,y","q""q","line\nline",""," s "\r\n'
print(repr(written(rows, delimiter="\t", lineterminator="\n")))  # expect: 'a\t1\t2.5\t\tTrue\nx,y\t"q""q"\t"line\nline"\t\t s \n'
print(repr(written(rows, dialect="unix")))  # expect: '"a","1","2.5","","True"\n"x,y","q""q","line\nline",""," s "\n'
print(repr(written([["a,b"]], quoting=csv.QUOTE_NONE, escapechar="\\")), repr(written([[""], []])))  # expect: 'a\\,b\r\n' '""\r\n\r\n'
out = io.StringIO()
writer = csv.DictWriter(out, fieldnames=["b", "a"])
print(writer.writeheader(), writer.writerow({"a": 1, "b": 2}), repr(out.getvalue()))  # expect: 5 5 'b,a\r\n2,1\r\n'
csv.register_dialect("pipes", delimiter="|", quoting=csv.QUOTE_ALL)
print(repr(written([[1, 2]], dialect="pipes")), csv.list_dialects(), csv.get_dialect("pipes").delimiter)  # expect: '"1"|"2"\r\n' ['excel', 'excel-tab', 'unix', 'pipes'] |
csv.unregister_dialect("pipes")
reader = csv.reader(["a,b", "c,d"])
print(next(reader), reader.line_num, next(reader), reader.line_num, reader.dialect.delimiter)  # expect: ['a', 'b'] 1 ['c', 'd'] 2 ,
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name,age\nkim,3\nlee,4\n"))  # expect: ; True


class Semicolons(csv.Dialect):
    delimiter, quotechar, lineterminator, quoting, doublequote = ";", "'", "\n", csv.QUOTE_MINIMAL, True


print(repr(written([["a;b", "c'd"]], dialect=Semicolons)))  # expect: "'a;b';'c''d'\n"
for bad in (lambda: written([["a,b"]], quoting=csv.QUOTE_NONE), lambda: csv.writer(5), lambda: list(csv.reader([b"a"])),
            lambda: csv.reader([], "nothing"), lambda: csv.reader([], delimiter="ab"), lambda: csv.writer(io.StringIO()).writerow(5),
            lambda: writer.writerow({"z": 1}), lambda: csv.reader([], quoting=9), lambda: list(csv.reader(['"a"b'], strict=True))):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: Error: need to escape, but no escapechar set
# expect: TypeError: argument 1 must have a "write" method
# expect: Error: iterator should return strings, not bytes (the file should be opened in text mode)
# expect: Error: unknown dialect
# expect: TypeError: "delimiter" must be a 1-character string
# expect: Error: iterable expected, not int
# expect: ValueError: dict contains fields not in fieldnames: 'z'
# expect: TypeError: bad "quoting" value
# expect: Error: ',' expected after '"'
