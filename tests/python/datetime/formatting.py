# Dates as text.
from datetime import date, datetime, time, timedelta, timezone

seoul = timezone(timedelta(hours=9), "KST")
moment = datetime(2024, 2, 29, 13, 5, 9, 123456, tzinfo=seoul)
print(moment, repr(moment), moment.isoformat(), moment.isoformat(" "), moment.ctime())  # expect: 2024-02-29 13:05:09.123456+09:00 datetime.datetime(2024, 2, 29, 13, 5, 9, 123456, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400), 'KST')) 2024-02-29T13:05:09.123456+09:00 2024-02-29 13:05:09.123456+09:00 Thu Feb 29 13:05:09 2024
for spec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
    print(spec, moment.isoformat(timespec=spec), moment.time().isoformat(spec))  # expect: auto 2024-02-29T13:05:09.123456+09:00 13:05:09.123456
# expect: hours 2024-02-29T13+09:00 13
# expect: minutes 2024-02-29T13:05+09:00 13:05
# expect: seconds 2024-02-29T13:05:09+09:00 13:05:09
# expect: milliseconds 2024-02-29T13:05:09.123+09:00 13:05:09.123
# expect: microseconds 2024-02-29T13:05:09.123456+09:00 13:05:09.123456
print(repr(moment.date()), repr(moment.time()), repr(moment.timetz()), repr(moment.replace(fold=1)), repr(time(1, fold=1, tzinfo=seoul)))  # expect: datetime.date(2024, 2, 29) datetime.time(13, 5, 9, 123456) datetime.time(13, 5, 9, 123456, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400), 'KST')) datetime.datetime(2024, 2, 29, 13, 5, 9, 123456, fold=1, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400), 'KST')) datetime.time(1, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400), 'KST'), fold=1)
print(repr(datetime(2025, 1, 1)), repr(datetime(2025, 1, 1, 1, 2, 3)), repr(time(1, 2, 0, 4)), repr(timedelta()), repr(timedelta(1, 0, 5)))  # expect: datetime.datetime(2025, 1, 1, 0, 0) datetime.datetime(2025, 1, 1, 1, 2, 3) datetime.time(1, 2, 0, 4) datetime.timedelta(0) datetime.timedelta(days=1, microseconds=5)
print(str(timedelta(days=2, seconds=3661)), str(timedelta(-1)), str(timedelta(microseconds=1)), [timedelta(1)], {"d": date(1, 1, 1)})  # expect: 2 days, 1:01:01 -1 day, 0:00:00 0:00:00.000001 [datetime.timedelta(days=1)] {'d': datetime.date(1, 1, 1)}
print(f"{moment:%Y/%m/%d}", f"{moment.date()!s:>12}", format(moment, ""), f"{moment:%H시 %M분}", "{:%A %d %B %Y}".format(moment))  # expect: 2024/02/29   2024-02-29 2024-02-29 13:05:09.123456+09:00 13시 05분 Thursday 29 February 2024
print(moment.strftime("%a %b %e %I:%M:%S %p %j %U %w %W %y %G-W%V-%u %f %z %Z %% %c|%x|%X"))  # expect: Thu Feb 29 01:05:09 PM 060 08 4 09 24 2024-W09-4 123456 +0900 KST % Thu Feb 29 13:05:09 2024|02/29/24|13:05:09
print(datetime(2025, 1, 1).strftime("[%z] [%Z] [%f]"), time(1, 2, 3).strftime("%H-%M-%S %f"), date(2025, 1, 1).strftime("%H:%M %d"), repr(date(2025, 1, 1).strftime("")))  # expect: [] [] [000000] 01-02-03 000000 00:00 01 ''
print(timezone(timedelta(hours=-5, minutes=-30)), timezone(timedelta(hours=5, seconds=1)), repr(seoul), timezone.utc, repr(timezone.utc), timezone(timedelta(0), "GMT"))  # expect: UTC-05:30 UTC+05:00:01 datetime.timezone(datetime.timedelta(seconds=32400), 'KST') UTC datetime.timezone.utc GMT
print(datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30, seconds=10, microseconds=5))).isoformat())  # expect: 2025-01-01T00:00:00+05:30:10.000005
print(moment.timetuple(), moment.utctimetuple().tm_hour, date(2025, 3, 1).timetuple().tm_yday)  # expect: time.struct_time(tm_year=2024, tm_mon=2, tm_mday=29, tm_hour=13, tm_min=5, tm_sec=9, tm_wday=3, tm_yday=60, tm_isdst=-1) 4 60
print(moment.strftime("%:z"), datetime(5, 1, 1).isoformat(), date(5, 1, 1).ctime())  # expect: +09:00 0005-01-01T00:00:00 Sat Jan  1 00:00:00 0005
for wrong in ("moment.isoformat('ab')", "moment.isoformat(timespec='x')", "moment.strftime(5)", "moment.strftime()", "format(timedelta(1), 'x')",
              "moment.isoformat(x=1)", "moment.date().__format__(5)", "moment.date().isoformat(5)", "time(1).isoformat(5)"):
    try:
        print(eval(wrong))
    except Exception as error:
        print(wrong, "-", type(error).__name__, error)  # expect: moment.isoformat('ab') - TypeError isoformat() argument 1 must be a unicode character, not str
# expect: moment.isoformat(timespec='x') - ValueError Unknown timespec value
# expect: moment.strftime(5) - TypeError strftime() argument 1 must be str, not int
# expect: moment.strftime() - TypeError strftime() missing required argument 'format' (pos 1)
# expect: format(timedelta(1), 'x') - TypeError unsupported format string passed to datetime.timedelta.__format__
# expect: moment.isoformat(x=1) - TypeError isoformat() got an unexpected keyword argument 'x'
# expect: moment.date().__format__(5) - TypeError __format__() argument 1 must be str, not int
# expect: moment.date().isoformat(5) - TypeError date.isoformat() takes no arguments (1 given)
# expect: time(1).isoformat(5) - TypeError isoformat() argument 1 must be str, not int
