//! A package of tests, and a folder of documentation, under the engine, beside stand-ins for CPython that say which cases
//! pass.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Says that it is CPython 3.13.0, and as the driver would that all cases but one pass.
const STAND_IN: &str = r#"#!/bin/sh
case "$*" in *sys.implementation*) echo cpython 3.13 3.13.0; exit;; esac
tell() { printf '\n\036{"case": "package.test_few.Few.%s", "outcome": "%s"}\n' "$1" "$2"; }
for name in test_fails test_is_skipped test_passes test_prints test_stops test_with_parts; do tell "$name" passed; done
tell test_that_cpython_fails failed
printf '\n\036{"end": true}\n'
"#;

const CASES: &str = r#"
import sys
import unittest
from package.support import helper

class Few(unittest.TestCase):
    def test_fails(self):
        self.assertEqual(helper(), 2)

    def test_is_skipped(self):
        self.skipTest("no reason")

    def test_passes(self):
        self.assertEqual(helper(), 1)

    def test_prints(self):
        print("not a line of the driver's", end="")

    def test_stops(self):
        while True:
            sys.__stdout__.write("more than a program may print" * 1_000_000)

    def test_that_cpython_fails(self):
        self.fail()

    def test_with_parts(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertLess(number, 2)
"#;

/// Says that it is CPython 3.13.0, and as the driver would which examples of the file pass. One waits for ever.
const READER: &str = r#"#!/bin/sh
case "$*" in *sys.implementation*) echo cpython 3.13 3.13.0; exit;; esac
tell() { printf '\n\036{"case": "library/few.rst:%s", "outcome": "%s"}\n' "$1" "$2"; }
grep -q "few.rst:29" "$5" || { printf '\n\036{"start": "library/few.rst:29"}\n'; exit 1; }
printf '\n\036{"count": 11}\n'
for line in 9 11 14 15 23 25 31 35; do tell "$line" passed; done
for line in 17 27; do tell "$line" failed; done
printf '\n\036{"end": true}\n'
"#;

const EXAMPLES: &str = r#"
Few
===

.. testsetup::

   hidden = 1

>>> hidden + 1
2
>>> value = 1 / 0
Traceback (most recent call last):
ZeroDivisionError: division by zero
>>> import nothing_of_that_name
>>> nothing_of_that_name.value
1
>>> print("a  b")
a b

.. doctest::
   :options: +NORMALIZE_WHITESPACE

   >>> print("a  b")
   a b
   >>> print(list(range(20)))  # doctest: +ELLIPSIS
   [0, 1, ..., 19]
   >>> hidden
   7
   >>> while True:
   ...     pass
   >>> while hidden:
   ...     text = "more than a program may print" * 1_000_000; _ = __import__("sys").__stdout__.write(text)

.. testcode::

   for number in range(2):
       print(number)

.. testoutput::

   0
   1
"#;

#[test]
fn an_example_that_stops_the_engine_costs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    std::fs::create_dir_all(docs.join("library")).unwrap();
    std::fs::write(docs.join("library/few.rst"), EXAMPLES).unwrap();
    std::fs::write(docs.join("library/none.rst"), "No examples.\n").unwrap();
    let stand_in = folder.path().join("python");
    std::fs::write(&stand_in, READER).unwrap();
    std::fs::set_permissions(&stand_in, PermissionsExt::from_mode(0o755)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(["conformance", "--docs", "--failures", "--cpython"])
        .args([&stand_in, &docs])
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @r"
                                    examples  CPython    gieok       %
    library/few                           11        8        5    62.5
    all                                   11        8        5    62.5

    1 × ModuleNotFoundError: No module named 'nothing_of_that_name'
        library/few.rst:14  import nothing_of_that_name

    1 × an example before it failed
        library/few.rst:15  nothing_of_that_name.value

    1 × the program printed too much
        library/few.rst:31
    ");
}

#[test]
fn a_case_that_stops_the_engine_costs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("package");
    std::fs::create_dir_all(package.join("support")).unwrap();
    for (name, text) in [
        ("__init__.py", ""),
        ("support/__init__.py", "def helper(): return 1\n"),
        ("support/script_helper.py", ""),
        ("test_few.py", CASES),
    ] {
        std::fs::write(package.join(name), text).unwrap();
    }
    let stand_in = folder.path().join("python");
    std::fs::write(&stand_in, STAND_IN).unwrap();
    std::fs::set_permissions(&stand_in, PermissionsExt::from_mode(0o755)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(["conformance", "--failures", "--cpython"])
        .args([&stand_in, &package])
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @r"
                                    CPython    gieok       %
    test_few                              6        2    33.3
    all                                   6        2    33.3

    1 × AssertionError: 1 != 2
        package.test_few.Few.test_fails  test_few.py:8

    1 × AssertionError: 2 not less than 2
        package.test_few.Few.test_with_parts  test_few.py:29

    1 × skipped: no reason
        package.test_few.Few.test_is_skipped

    1 × the program printed too much
        package.test_few.Few.test_stops
    ");
}
