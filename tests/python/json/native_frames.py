# Scanner and encoder have no frames in tracebacks, and read and write as the C module does.
import json
import traceback


def frames(call, *args, **keywords):
    try:
        call(*args, **keywords)
    except Exception as error:
        return [frame.name for frame in traceback.extract_tb(error.__traceback__)][1:], str(error)


for text in ("{bad", "[1 2]", "[1,", '{"a" 1}', '{"a": 1,}', "[1,]", '"\\x"', '"\\u12"', '"a', '"a\nb"', "nul", "", "[-]"):
    print(frames(json.loads, text))  # expect: (['loads', 'decode', 'raw_decode'], 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)')
# expect: (['loads', 'decode', 'raw_decode'], "Expecting ',' delimiter: line 1 column 4 (char 3)")
# expect: (['loads', 'decode', 'raw_decode'], 'Expecting value: line 1 column 4 (char 3)')
# expect: (['loads', 'decode', 'raw_decode'], "Expecting ':' delimiter: line 1 column 6 (char 5)")
# expect: (['loads', 'decode', 'raw_decode'], 'Illegal trailing comma before end of object: line 1 column 8 (char 7)')
# expect: (['loads', 'decode', 'raw_decode'], 'Illegal trailing comma before end of array: line 1 column 3 (char 2)')
# expect: (['loads', 'decode', 'raw_decode'], 'Invalid \\escape: line 1 column 2 (char 1)')
# expect: (['loads', 'decode', 'raw_decode'], 'Invalid \\uXXXX escape: line 1 column 3 (char 2)')
# expect: (['loads', 'decode', 'raw_decode'], 'Unterminated string starting at: line 1 column 1 (char 0)')
# expect: (['loads', 'decode', 'raw_decode'], 'Invalid control character at: line 1 column 3 (char 2)')
# expect: (['loads', 'decode', 'raw_decode'], 'Expecting value: line 1 column 1 (char 0)')
# expect: (['loads', 'decode', 'raw_decode'], 'Expecting value: line 1 column 1 (char 0)')
# expect: (['loads', 'decode', 'raw_decode'], 'Expecting value: line 1 column 2 (char 1)')


class Other:
    pass


print(frames(json.dumps, [{"a": Other()}]))  # expect: (['dumps', 'encode', 'iterencode', 'default'], 'Object of type Other is not JSON serializable')
print(frames(json.dumps, {(1, 2): 3}))  # expect: (['dumps', 'encode', 'iterencode'], 'keys must be str, int, float, bool or None, not tuple')
print(frames(json.dumps, [float("inf")], allow_nan=False))  # expect: (['dumps', 'encode', 'iterencode'], 'Out of range float values are not JSON compliant: inf')
circle = []
circle.append([circle])
print(frames(json.dumps, circle))  # expect: (['dumps', 'encode', 'iterencode'], 'Circular reference detected')

print(json.loads('[1, -2.5e3, "\\ud83d\\ude00\\n", true, null, {"a": {}, "a": []}, NaN, -Infinity, 0]'))  # expect: [1, -2500.0, '😀\n', True, None, {'a': []}, nan, -inf, 0]
print(json.loads('{"b": 1, "a": [1.50]}', object_pairs_hook=tuple, parse_float=str))  # expect: (('b', 1), ('a', ['1.50']))
print(json.loads('{"b": {"c": 1}}', object_hook=lambda found: sorted(found.items())))  # expect: [('b', [('c', 1)])]
print(json.dumps({"b": [1, 2.0, None, True, "é\"\\\x01😀"], 3: {}, None: [], 1.5: ()}))  # expect: {"b": [1, 2.0, null, true, "\u00e9\"\\\u0001\ud83d\ude00"], "3": {}, "null": [], "1.5": []}
print(json.dumps({"b": [1, {"c": []}], "a": "é"}, indent=2, sort_keys=True, ensure_ascii=False))  # expect: {
# expect:   "a": "é",
# expect:   "b": [
# expect:     1,
# expect:     {
# expect:       "c": []
# expect:     }
# expect:   ]
# expect: }
print(json.dumps({(1,): 2, "x": 3}, skipkeys=True), json.dumps({}, indent=1), json.dumps([[]], separators=("", "")))  # expect: {"x": 3} {} [[]]
deep = json.loads("[" * 900 + "]" * 900)
print(len(json.dumps(deep)))  # expect: 1800
