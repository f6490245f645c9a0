"""The province's page in a browser without scripts."""

import base64
import shutil
from collections.abc import Iterator

import pypdfium2
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from tests.hub.page_site import PAGES, PERIOD, address_of, fill
from tests.support.hub_service import serving
from tests.support.postgres_server import PASSWORD, Hub, HubPool

SHARED = 51
WIDTHS = (1280, 390)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
pytestmark = pytest.mark.skipif(
    shutil.which("chromium") is None or shutil.which("chromedriver") is None, reason="Chromium is not installed"
)


@pytest.fixture(scope="module")
def hub_with_troubles(hub_pool: HubPool) -> Iterator[Hub]:
    hub = hub_pool.fresh(SHARED, training=True)
    fill(hub)
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium of the distribution with scripts of pages switched off."""
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.binary_location = str(shutil.which("chromium"))
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def page(hub_with_troubles: Hub, driver: webdriver.Chrome) -> Iterator[str]:
    """The address of the pages, signed in by keyboard."""
    with serving(hub_with_troubles) as address:
        driver.get(address)
        driver.switch_to.active_element.send_keys("admin", Keys.TAB)
        driver.switch_to.active_element.send_keys(PASSWORD, Keys.ENTER)
        shown = expected_conditions.text_to_be_present_in_element((By.TAG_NAME, "h1"), "Các cơ quan")
        WebDriverWait(driver, 30).until(shown)
        yield address


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(
    page: str, hub_with_troubles: Hub, driver: webdriver.Chrome, width: int
) -> None:
    driver.set_window_size(width, 900)
    wide = {}
    for name, template in PAGES.items():
        driver.get(page + address_of(hub_with_troubles, template))
        overflow = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            wide[name] = overflow
    assert wide == {}


def test_every_control_has_a_name(page: str, hub_with_troubles: Hub, driver: webdriver.Chrome) -> None:
    nameless = {}
    for name, template in PAGES.items():
        driver.get(page + address_of(hub_with_troubles, template))
        controls = driver.find_elements(By.CSS_SELECTOR, "a, button, input:not([type=hidden]), select")
        if any(not control.accessible_name for control in controls if control.is_displayed()):
            nameless[name] = [control.get_attribute("outerHTML") for control in controls if not control.accessible_name]
    assert nameless == {}


def test_keyboard_alone_reaches_content_and_figures(page: str, driver: webdriver.Chrome) -> None:
    driver.set_window_size(1280, 900)
    driver.get(f"{page}/06a?{PERIOD}")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = driver.switch_to.active_element
    assert skip.text == "Đến nội dung"
    skip.send_keys(Keys.ENTER)
    for _ in range(40):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        target = driver.switch_to.active_element
        if "/06a/dossiers" in (target.get_attribute("href") or ""):
            break
    outline = target.value_of_css_property("outline-style")
    target.send_keys(Keys.ENTER)
    WebDriverWait(driver, 30).until(expected_conditions.text_to_be_present_in_element((By.TAG_NAME, "h1"), "Tiếp nhận"))
    assert outline == "solid"


def printed(driver: webdriver.Chrome) -> tuple[int, str]:
    """Return the number of printed pages and the text of the first."""
    document = pypdfium2.PdfDocument(base64.b64decode(driver.print_page()))
    try:
        return len(document), document[0].get_textpage().get_text_range()
    finally:
        document.close()


@pytest.mark.parametrize(
    ("name", "most", "shown", "hidden"),
    [
        ("commune", 4, "Mã hồ sơ Cơ quan Thủ tục", "Khóa nơi gửi"),
        ("communes", 1, "Mã Cơ quan Quầy", "Thoát"),
        ("fork", 1, "Số Hồ sơ Tệp đã nhận", "Quyết định"),
        ("packages", 1, "Số Loại Tiêu đề", "Phát hành gói mới"),
    ],
)
def test_lists_are_printed_as_tables(
    page: str, hub_with_troubles: Hub, driver: webdriver.Chrome, name: str, most: int, shown: str, hidden: str
) -> None:
    driver.get(page + address_of(hub_with_troubles, PAGES[name]))
    count, text = printed(driver)
    assert count <= most and shown in " ".join(text.split()) and hidden not in text


def test_print_view_has_the_table_and_no_controls(page: str, driver: webdriver.Chrome) -> None:
    driver.get(f"{page}/06a?{PERIOD}")
    _count, text = printed(driver)
    assert "Hộ tịch" in text and "Từ 01/01/2026 đến 31/03/2026" in text
    controls = ("Thoát", "Chờ ghi danh", "Từ ngày", "đến ngày", "Xem", "Bấm vào", "XLSX", "Tải lại")
    assert [control for control in controls if control in text] == []
