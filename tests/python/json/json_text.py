# JSON both ways.
import json


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


data = {"name": "한글 é", "list": [1, 2.5, -0.0, 1e100, True, None], "nested": {"a": {}, "b": []}, 3: "int key"}
print(json.dumps(data))  # expect: {"name": "\ud55c\uae00 \u00e9", "list": [1, 2.5, -0.0, 1e+100, true, null], "nested": {"a": {}, "b": []}, "3": "int key"}
print(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False))  # expect: {
# expect:   "name": "한글 é",
# expect:   "list": [
# expect:     1,
# expect:     2.5,
# expect:     -0.0,
# expect:     1e+100,
# expect:     true,
# expect:     null
# expect:   ],
# expect:   "nested": {
# expect:     "a": {},
# expect:     "b": []
# expect:   },
# expect:   "3": "int key"
# expect: }
print(json.dumps([1, (2, 3)], separators=(",", ":")), json.dumps("\u2028\x00\"\\/"), json.dumps(float("inf")))  # expect: [1,[2,3]] "\u2028\u0000\"\\/" Infinity
print(json.loads('{"a": [1, 2.0, "x\\u00e9\\n", null, true], "b": {"c": -1e3}}'), json.loads(b"[1]"))  # expect: {'a': [1, 2.0, 'xé\n', None, True], 'b': {'c': -1000.0}} [1]
print(json.loads("[1.5, 2]", parse_float=str), json.loads('{"a": 1}', object_hook=list), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list))  # expect: ['1.5', 2] ['a'] [('a', 1), ('a', 2)]
for text in ["", "{", "[1,]", '{"a":}', '{"a" 1}', "nul", '"abc', '"\\x"', "[1] 2", '{"a": 1,}', '{1: 2}', '"\n"', "-", "01"]:
    attempt(json.loads, text)  # expect: JSONDecodeError Expecting value: line 1 column 1 (char 0)
# expect: JSONDecodeError Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
# expect: JSONDecodeError Illegal trailing comma before end of array: line 1 column 3 (char 2)
# expect: JSONDecodeError Expecting value: line 1 column 6 (char 5)
# expect: JSONDecodeError Expecting ':' delimiter: line 1 column 6 (char 5)
# expect: JSONDecodeError Expecting value: line 1 column 1 (char 0)
# expect: JSONDecodeError Unterminated string starting at: line 1 column 1 (char 0)
# expect: JSONDecodeError Invalid \escape: line 1 column 2 (char 1)
# expect: JSONDecodeError Extra data: line 1 column 5 (char 4)
# expect: JSONDecodeError Illegal trailing comma before end of object: line 1 column 8 (char 7)
# expect: JSONDecodeError Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
# expect: JSONDecodeError Invalid control character at: line 1 column 2 (char 1)
# expect: JSONDecodeError Expecting value: line 1 column 1 (char 0)
# expect: JSONDecodeError Extra data: line 1 column 2 (char 1)
attempt(json.dumps, {1, 2})  # expect: TypeError Object of type set is not JSON serializable
attempt(json.dumps, {(1,): 2})  # expect: TypeError keys must be str, int, float, bool or None, not tuple
attempt(json.dumps, float("nan"), allow_nan=False)  # expect: ValueError Out of range float values are not JSON compliant: nan
attempt(json.loads, 3)  # expect: TypeError the JSON object must be str, bytes or bytearray, not int
circular = []
circular.append(circular)
attempt(json.dumps, circular)  # expect: ValueError Circular reference detected


class Encoder(json.JSONEncoder):
    def default(self, o):
        return sorted(o) if isinstance(o, set) else super().default(o)


print(json.dumps({"s": {3, 1}}, cls=Encoder), json.dumps(object, default=repr), json.dumps({"b": 1, "a": 2}, sort_keys=True))  # expect: {"s": [1, 3]} "<class 'object'>" {"a": 2, "b": 1}
try:
    json.loads('[1,\n "a" 2]')
except json.JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.doc == '[1,\n "a" 2]')  # expect: Expecting ',' delimiter 9 2 6 True
import io
out = io.StringIO()
json.dump([1, {"a": None}], out, indent="\t")
print(out.getvalue(), json.load(io.StringIO("[true]")))  # expect: [
# expect: 	1,
# expect: 	{
# expect: 		"a": null
# expect: 	}
# expect: ] [True]
print(json.dumps({None: 1, True: 2, 1.5: 3}), json.dumps({(1,): 2}, skipkeys=True), json.JSONDecoder().raw_decode("[1] rest"))  # expect: {"null": 1, "true": 2, "1.5": 3} {} ([1], 3)
