# A time zone of one's own, with summer time.
from datetime import datetime, time, timedelta, timezone, tzinfo

HOUR = timedelta(hours=1)


class Berlin(tzinfo):
    def utcoffset(self, moment):
        return HOUR + self.dst(moment)

    def dst(self, moment):
        if moment is None:
            return timedelta(0)
        naive = moment.replace(tzinfo=None)
        start, end = datetime(2025, 3, 30, 2), datetime(2025, 10, 26, 3)
        if end - HOUR <= naive < end:
            return timedelta(0) if naive.fold else HOUR
        return HOUR if start <= naive < end - HOUR else timedelta(0)

    def tzname(self, moment):
        return "CEST" if self.dst(moment) else "CET"


berlin = Berlin()
winter, summer = datetime(2025, 1, 1, 12, tzinfo=berlin), datetime(2025, 7, 1, 12, tzinfo=berlin)
print(winter, summer, winter.tzname(), summer.tzname(), summer.dst(), winter.utcoffset(), time(1, tzinfo=berlin).utcoffset())  # expect: 2025-01-01 12:00:00+01:00 2025-07-01 12:00:00+02:00 CET CEST 1:00:00 1:00:00 1:00:00
print(summer - winter, summer.astimezone(timezone.utc), datetime(2025, 7, 1, 10, tzinfo=timezone.utc).astimezone(berlin))  # expect: 181 days, 0:00:00 2025-07-01 10:00:00+00:00 2025-07-01 12:00:00+02:00
print(summer.timestamp() - winter.timestamp(), summer.utctimetuple().tm_hour, summer.timetuple().tm_isdst, winter.timetuple().tm_isdst)  # expect: 15634800.0 10 1 0
fold = datetime(2025, 10, 26, 2, 30, tzinfo=berlin)
print(fold, fold.replace(fold=1), fold == fold.replace(fold=1), hash(fold) == hash(fold.replace(fold=1)), fold.replace(fold=1).utcoffset())  # expect: 2025-10-26 02:30:00+02:00 2025-10-26 02:30:00+01:00 True True 1:00:00
print(fold == fold.astimezone(timezone.utc), fold.replace(fold=1).astimezone(timezone.utc), fold < fold.astimezone(timezone.utc))  # expect: False 2025-10-26 01:30:00+00:00 False
print(summer.strftime("%Z%z"), f"{summer:%H:%M %Z}", repr(summer).startswith("datetime.datetime(2025, 7, 1, 12, 0, tzinfo=<__main__.Berlin object"))  # expect: CEST+0200 12:00 CEST True
print([berlin.fromutc(datetime(2025, 10, 26, hour, 30, tzinfo=berlin)).isoformat() for hour in range(3)])  # expect: ['2025-10-26T02:30:00+02:00', '2025-10-26T03:30:00+01:00', '2025-10-26T03:30:00+01:00']


class Broken(tzinfo):
    def utcoffset(self, moment):
        return 9

    def dst(self, moment):
        return timedelta(1)

    def tzname(self, moment):
        return 5


class Nowhere(tzinfo):
    def utcoffset(self, moment):
        return None


broken, nowhere = datetime(2025, 1, 1, tzinfo=Broken()), datetime(2025, 1, 1, tzinfo=Nowhere())
for ask in (broken.utcoffset, broken.dst, broken.tzname, nowhere.dst, nowhere.tzname, lambda: str(broken), lambda: hash(broken),
            lambda: nowhere.tzinfo.fromutc(nowhere), lambda: tzinfo().utcoffset(None), lambda: nowhere < datetime(2025, 1, 1, tzinfo=timezone.utc)):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)  # expect: TypeError tzinfo.utcoffset() must return None or timedelta, not 'int'
# expect: ValueError offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).
# expect: TypeError tzinfo.tzname() must return None or a string, not 'int'
# expect: NotImplementedError a tzinfo subclass must implement dst()
# expect: NotImplementedError a tzinfo subclass must implement tzname()
# expect: TypeError tzinfo.utcoffset() must return None or timedelta, not 'int'
# expect: TypeError tzinfo.utcoffset() must return None or timedelta, not 'int'
# expect: ValueError fromutc: non-None utcoffset() result required
# expect: NotImplementedError a tzinfo subclass must implement utcoffset()
# expect: TypeError can't compare offset-naive and offset-aware datetimes
print(nowhere, nowhere.utcoffset(), nowhere == datetime(2025, 1, 1), nowhere - datetime(2025, 1, 1), nowhere.astimezone(timezone.utc))  # expect: 2025-01-01 00:00:00 None True 0:00:00 2025-01-01 00:00:00+00:00
print(datetime(2025, 1, 1, 12).astimezone(), datetime(2025, 1, 1, 12).timestamp(), datetime.fromtimestamp(1735732800.25), datetime.fromtimestamp(-1.5, timezone.utc))  # expect: 2025-01-01 12:00:00+00:00 1735732800.0 2025-01-01 12:00:00.250000 1969-12-31 23:59:58.500000+00:00
print(datetime.fromtimestamp(0, berlin), datetime.fromtimestamp(1.0000005), datetime.fromtimestamp(-0.0000005))  # expect: 1970-01-01 01:00:00+01:00 1970-01-01 00:00:01.000001 1970-01-01 00:00:00
