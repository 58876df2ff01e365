//! A package of tests under the engine, beside a stand-in for CPython that says which cases pass.

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
