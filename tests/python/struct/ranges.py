"""How `struct` says that a number is too large: up to 3.11 the C type that it is converted to first has its say."""
import struct

for code in "b >b B h >h <h H >H i I >I l >l L q >q Q >Q n N P e".split():
    for number in -10**40, -10**10, -1, 200, 70000, 10**19:
        try:
            struct.pack(code, number)
        except struct.error as error:
            print(code, number if number > -10**20 else "-10**40", error)  # expect: b -10**40 'b' format requires -128 <= number <= 127
# expect: b -10000000000 'b' format requires -128 <= number <= 127
# expect: b 200 'b' format requires -128 <= number <= 127
# expect: b 70000 'b' format requires -128 <= number <= 127
# expect: b 10000000000000000000 'b' format requires -128 <= number <= 127
# expect: >b -10**40 'b' format requires -128 <= number <= 127
# expect: >b -10000000000 'b' format requires -128 <= number <= 127
# expect: >b 200 'b' format requires -128 <= number <= 127
# expect: >b 70000 'b' format requires -128 <= number <= 127
# expect: >b 10000000000000000000 'b' format requires -128 <= number <= 127
# expect: B -10**40 'B' format requires 0 <= number <= 255
# expect: B -10000000000 'B' format requires 0 <= number <= 255
# expect: B -1 'B' format requires 0 <= number <= 255
# expect: B 70000 'B' format requires 0 <= number <= 255
# expect: B 10000000000000000000 'B' format requires 0 <= number <= 255
# expect: h -10**40 'h' format requires -32768 <= number <= 32767
# expect: h -10000000000 'h' format requires -32768 <= number <= 32767
# expect: h 70000 'h' format requires -32768 <= number <= 32767
# expect: h 10000000000000000000 'h' format requires -32768 <= number <= 32767
# expect: >h -10**40 'h' format requires -32768 <= number <= 32767
# expect: >h -10000000000 'h' format requires -32768 <= number <= 32767
# expect: >h 70000 'h' format requires -32768 <= number <= 32767
# expect: >h 10000000000000000000 'h' format requires -32768 <= number <= 32767
# expect: <h -10**40 'h' format requires -32768 <= number <= 32767
# expect: <h -10000000000 'h' format requires -32768 <= number <= 32767
# expect: <h 70000 'h' format requires -32768 <= number <= 32767
# expect: <h 10000000000000000000 'h' format requires -32768 <= number <= 32767
# expect: H -10**40 'H' format requires 0 <= number <= 65535
# expect: H -10000000000 'H' format requires 0 <= number <= 65535
# expect: H -1 'H' format requires 0 <= number <= 65535
# expect: H 70000 'H' format requires 0 <= number <= 65535
# expect: H 10000000000000000000 'H' format requires 0 <= number <= 65535
# expect: >H -10**40 'H' format requires 0 <= number <= 65535
# expect: >H -10000000000 'H' format requires 0 <= number <= 65535
# expect: >H -1 'H' format requires 0 <= number <= 65535
# expect: >H 70000 'H' format requires 0 <= number <= 65535
# expect: >H 10000000000000000000 'H' format requires 0 <= number <= 65535
# expect: i -10**40 'i' format requires -2147483648 <= number <= 2147483647
# expect: i -10000000000 'i' format requires -2147483648 <= number <= 2147483647
# expect: i 10000000000000000000 'i' format requires -2147483648 <= number <= 2147483647
# expect: I -10**40 'I' format requires 0 <= number <= 4294967295
# expect: I -10000000000 'I' format requires 0 <= number <= 4294967295
# expect: I -1 'I' format requires 0 <= number <= 4294967295
# expect: I 10000000000000000000 'I' format requires 0 <= number <= 4294967295
# expect: >I -10**40 'I' format requires 0 <= number <= 4294967295
# expect: >I -10000000000 'I' format requires 0 <= number <= 4294967295
# expect: >I -1 'I' format requires 0 <= number <= 4294967295
# expect: >I 10000000000000000000 'I' format requires 0 <= number <= 4294967295
# expect: l -10**40 'l' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: l 10000000000000000000 'l' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: >l -10**40 'l' format requires -2147483648 <= number <= 2147483647
# expect: >l -10000000000 'l' format requires -2147483648 <= number <= 2147483647
# expect: >l 10000000000000000000 'l' format requires -2147483648 <= number <= 2147483647
# expect: L -10**40 'L' format requires 0 <= number <= 18446744073709551615
# expect: L -10000000000 'L' format requires 0 <= number <= 18446744073709551615
# expect: L -1 'L' format requires 0 <= number <= 18446744073709551615
# expect: q -10**40 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: q 10000000000000000000 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: >q -10**40 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: >q 10000000000000000000 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: Q -10**40 'Q' format requires 0 <= number <= 18446744073709551615
# expect: Q -10000000000 'Q' format requires 0 <= number <= 18446744073709551615
# expect: Q -1 'Q' format requires 0 <= number <= 18446744073709551615
# expect: >Q -10**40 'Q' format requires 0 <= number <= 18446744073709551615
# expect: >Q -10000000000 'Q' format requires 0 <= number <= 18446744073709551615
# expect: >Q -1 'Q' format requires 0 <= number <= 18446744073709551615
# expect: n -10**40 'n' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: n 10000000000000000000 'n' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: N -10**40 'N' format requires 0 <= number <= 18446744073709551615
# expect: N -10000000000 'N' format requires 0 <= number <= 18446744073709551615
# expect: N -1 'N' format requires 0 <= number <= 18446744073709551615
# expect: P -10**40 int too large to convert
# expect: e -10**40 int too large to convert
# expect: e -10000000000 int too large to convert
# expect: e 70000 int too large to convert
# expect: e 10000000000000000000 int too large to convert
