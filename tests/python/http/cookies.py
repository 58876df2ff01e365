"""Cookies, statuses and addresses need no network. Whoever asks for a page is told."""
import http.client
import urllib.parse
import urllib.robotparser
from http import HTTPStatus, cookies

jar = cookies.SimpleCookie()
jar["fig"] = "newton"
jar["rocky"] = "road"
jar["rocky"]["path"] = "/cookie"
print(jar)  # expect: Set-Cookie: fig=newton
# expect: Set-Cookie: rocky=road; Path=/cookie
jar = cookies.SimpleCookie("chips=ahoy; vienna=finger")
print(jar["chips"].value, sorted(jar))  # expect: ahoy ['chips', 'vienna']
print(HTTPStatus.OK.value, HTTPStatus.OK.phrase, http.client.responses[404])  # expect: 200 OK Not Found
print(urllib.parse.urlencode({"a": 1, "b": "x y"}), urllib.parse.urlsplit("https://u@host:80/p;x?q#f"))  # expect: a=1&b=x+y SplitResult(scheme='https', netloc='u@host:80', path='/p;x', query='q', fragment='f')
rules = urllib.robotparser.RobotFileParser()
rules.parse(["User-agent: *", "Disallow: /private", "Crawl-delay: 6"])
print(rules.can_fetch("me", "/private/x"), rules.can_fetch("me", "/x"), rules.crawl_delay("me"))  # expect: False True 6
