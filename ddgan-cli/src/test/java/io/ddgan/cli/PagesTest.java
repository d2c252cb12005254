package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Tests the pages in Chromium, if it and its driver are installed. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest extends CommandTest {

  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  private final List<ChildProcess> servers = new ArrayList<>();

  private Path folder;
  private ChromeDriver browser;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    assumeTrue(CHROMIUM.canExecute() && DRIVER.canExecute(), "there is no Chromium with a driver");
    folder = temporary;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments("--headless=new", "--no-sandbox", "--window-size=1200,1600");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.SEVERE);
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (browser != null) {
      browser.quit();
    }
    for (ChildProcess server : servers) {
      server.kill();
    }
  }

  @AfterEach
  void noScriptFailed() {
    assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
  }

  @Test
  void playsWithASample() throws IOException {
    String data = FewGarments.write(folder.resolve("data"));
    train(
        "smoke",
        "runs/images",
        data,
        "generator.base-channels=4",
        "training.sample-every=0",
        "training.steps=2",
        "training.learning-rate-generator=0.01",
        "training.ema-decay=0");
    URI address = serve("play", "runs/images");

    browser.get(address.toString());
    awaitTrue(() -> count("#way figure") == 3);
    String first = picture("#example");
    click("#another");
    awaitTrue(() -> !picture("#example").equals(first));
    String second = picture("#example");

    browser.navigate().refresh();
    awaitTrue(() -> count("#way figure") == 3);
    assertEquals(second, picture("#example"), "the address remembers what is shown");

    String noise = picture("#way figure:nth-child(1) canvas");
    String between = picture("#way figure:nth-child(2) canvas");
    click("[data-again='1']");
    awaitTrue(() -> !picture("#example").equals(second));
    assertEquals(noise, picture("#way figure:nth-child(1) canvas"));
    assertEquals(between, picture("#way figure:nth-child(2) canvas"), "what came before it");

    click("[data-modes='1']");
    awaitTrue(() -> count("#modes button") == 8);
    assertEquals("true", element("[data-mode='1']").getDomAttribute("aria-pressed"));
    click("[data-mode='0']");
    awaitTrue(() -> picture("#example").equals(second));

    element("#share").sendKeys(Keys.END);
    awaitTrue(() -> !picture("#example").equals(second));
    click("#reset");
    awaitTrue(() -> picture("#example").equals(second));

    WebElement painting = element("#painting");
    click("#take");
    awaitTrue(() -> count("#painted-way figure") == 2);
    assertNotEquals(pixels("#painting"), pixels("#painted"), "all of it is made");
    click("[data-tool='mark']");
    new Actions(browser)
        .moveToElement(painting, 0, -60)
        .clickAndHold()
        .moveByOffset(30, 0)
        .release()
        .perform();
    awaitTrue(() -> sameRows("#painting", "#painted", 16, 32));
    assertFalse(sameRows("#painting", "#painted", 0, 16), "what is marked is made");
  }

  @Test
  void pointsMoveOverTheDiscriminatorsMap() throws IOException {
    URI address =
        serve("play", Path.of("src/main/dist/models/gaussians-25").toAbsolutePath().toString());
    browser.get(address.toString());
    awaitTrue(() -> text("#map-hint").contains("x₄ to each x₃"));
    String noise = picture("#plane");
    element("#state").sendKeys(Keys.END);
    awaitTrue(() -> text("#map-hint").contains("x₁ to each x₀"));
    assertNotEquals(noise, picture("#plane"));
    String marked = picture("#plane");
    new Actions(browser).moveToElement(element("#plane"), -150, 150).click().perform();
    awaitTrue(() -> !picture("#plane").equals(marked));
  }

  @Test
  void watchesARunningTraining() throws Exception {
    PointsExperiment.write(
        folder, "training { steps = 4000, checkpoint-every = 2000, log-every = 200 }\n");
    train("points.conf", "watched/first", "training.steps=4", "training.log-every=2");
    URI address = serve("watch", "watched");
    browser.get(address.toString());
    awaitTrue(() -> text("#runs").contains("finished"));
    ChildProcess training =
        ChildProcess.start(folder, "train", "points.conf", "--run", "watched/second");
    servers.add(training);
    awaitTrue(() -> text("#runs").contains("second"));
    browser.findElement(By.xpath("//nav//button[contains(., 'second')]")).click();
    awaitTrue(() -> text("#main").contains("training"));
    awaitTrue(() -> count(".chart canvas") > 0);
    training.kill();
    awaitTrue(() -> text("#main .state").equals("killed"));
    browser.findElement(By.xpath("//nav//input[contains(@aria-label, 'first')]")).click();
    awaitTrue(() -> text("#main").contains("Differing keys"));
    assertTrue(text("#main").contains("training.steps"));
  }

  private void train(String experiment, String run, String... overrides) {
    List<String> args =
        new ArrayList<>(List.of("train", at(experiment), "--run", folder.resolve(run).toString()));
    args.addAll(List.of(overrides));
    call(args.toArray(String[]::new));
  }

  private String at(String experiment) {
    return experiment.endsWith(".conf") ? folder.resolve(experiment).toString() : experiment;
  }

  private URI serve(String command, String run) throws IOException {
    ChildProcess server = ChildProcess.start(folder, command, run, "--port", "0");
    servers.add(server);
    return server.awaitAddress();
  }

  private void awaitTrue(Supplier<Boolean> condition) {
    new WebDriverWait(browser, Duration.ofSeconds(60), Duration.ofMillis(50))
        .until(unused -> condition.get());
  }

  private WebElement element(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  private void click(String selector) {
    element(selector).click();
  }

  private int count(String selector) {
    return browser.findElements(By.cssSelector(selector)).size();
  }

  private String text(String selector) {
    Object text =
        browser.executeScript(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    return text.toString();
  }

  private String picture(String selector) {
    return browser
        .executeScript("return document.querySelector(arguments[0]).toDataURL()", selector)
        .toString();
  }

  private String pixels(String selector) {
    return rows(selector, 0, 32);
  }

  private boolean sameRows(String one, String other, int from, int to) {
    return rows(one, from, to).equals(rows(other, from, to));
  }

  private String rows(String selector, int from, int to) {
    return browser
        .executeScript(
            "return document.querySelector(arguments[0]).getContext('2d')"
                + ".getImageData(0, arguments[1], 32, arguments[2]).data.join()",
            selector,
            from,
            to - from)
        .toString();
  }
}
