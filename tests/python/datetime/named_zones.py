"""`zoneinfo`: time zones by their names."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

zone = ZoneInfo("America/Los_Angeles")
day = datetime(2020, 10, 31, 12, tzinfo=zone)
print(day, day.tzname(), day + timedelta(days=1))  # expect: 2020-10-31 12:00:00-07:00 PDT 2020-11-01 12:00:00-08:00
twice = datetime(2020, 11, 1, 1, tzinfo=zone)
print(twice.utcoffset(), twice.replace(fold=1).utcoffset(), zone, repr(zone))  # expect: -1 day, 17:00:00 -1 day, 16:00:00 America/Los_Angeles zoneinfo.ZoneInfo(key='America/Los_Angeles')
print(ZoneInfo("Asia/Seoul") is ZoneInfo("Asia/Seoul"), ZoneInfo.no_cache("Asia/Seoul") is ZoneInfo("Asia/Seoul"))  # expect: True False
print(datetime(2024, 7, 1, 9, tzinfo=ZoneInfo("Asia/Seoul")).astimezone(ZoneInfo("Europe/Berlin")))  # expect: 2024-07-01 02:00:00+02:00
print({"Asia/Seoul", "UTC"} <= available_timezones())  # expect: True
try:
    ZoneInfo("Asia/Nowhere")
except ZoneInfoNotFoundError as error:
    print(error)  # expect: 'No time zone found with key Asia/Nowhere'
