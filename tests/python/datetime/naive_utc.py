# Naive times in UTC: from 3.12 on they warn.
import warnings
from datetime import datetime

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(datetime.utcfromtimestamp(0), datetime.utcnow().tzinfo)  # expect: 1970-01-01 00:00:00 None
for warning in caught:
    print(warning.category.__name__, warning.message)  # expect: DeprecationWarning datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, datetime.UTC).
# expect: DeprecationWarning datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).
