"""`time.strptime` reads what `time.strftime` writes."""
import time

print(time.strptime("30 Nov 00", "%d %b %y"))  # expect: time.struct_time(tm_year=2000, tm_mon=11, tm_mday=30, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=335, tm_isdst=-1)
moment = time.strptime("2024-02-29 12:34:56", "%Y-%m-%d %H:%M:%S")
print(tuple(moment), time.strftime("%A %j", moment))  # expect: (2024, 2, 29, 12, 34, 56, 3, 60, -1) Thursday 060
print(time.strptime("Sat Nov 25 10:00:00 2023").tm_wday)  # expect: 5
for text, format in ("31 Feb 2023", "%d %b %Y"), ("12", "%H %M"), ("x", "%Q"):
    try:
        print(tuple(time.strptime(text, format)))
    except ValueError as error:
        print(error)  # expect: day is out of range for month
# expect: time data '12' does not match format '%H %M'
# expect: 'Q' is a bad directive in format '%Q'
