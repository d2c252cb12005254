package io.ddgan.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows runs and sweeps to browsers of this machine, from their files alone, and tells them when
 * these change.
 */
final class WatchServer {

  /** How long it rests between two looks at least. */
  private static final long REST = TimeUnit.SECONDS.toNanos(1);

  /** How many times as long as a look it rests, so that many runs do not keep a core busy. */
  private static final long REST_SHARE = 19;

  private static final String EVENT = "runs";

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> FILES =
      Map.of(
          "/", "watch.html",
          "/watch.css", "watch.css",
          "/watch.js", "watch.js",
          "/dom.js", "dom.js",
          "/values.js", "values.js",
          "/curves.js", "curves.js",
          "/run.js", "run.js",
          "/sweep.js", "sweep.js",
          "/uplot.css", CHARTS + "uPlot.min.css",
          "/uplot.js", CHARTS + "uPlot.iife.min.js");

  private static final JsonMapper JSON = new JsonMapper();

  private final WatchedRuns runs;
  private final Set<SseClient> browsers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "ddgan-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final Javalin server;
  private String told = "";

  private WatchServer(WatchedRuns runs) {
    this.runs = runs;
    this.server = Javalin.create(this::configure);
  }

  /**
   * Begins to show them.
   *
   * @throws IllegalArgumentException if it cannot listen on the port; the message says what to do
   */
  static WatchServer start(WatchedRuns runs, int port) {
    WatchServer server = new WatchServer(runs);
    ServerBasics.start(server.server, port);
    var unused = server.clock.schedule(server::look, REST, TimeUnit.NANOSECONDS);
    return server;
  }

  /** The port that it listens on. */
  int port() {
    return server.port();
  }

  /** Lets the browsers go. */
  void end() {
    clock.shutdownNow();
    browsers.forEach(SseClient::close);
    server.stop();
  }

  private void configure(JavalinConfig config) {
    ServerBasics.configure(config, FILES);
    config.routes.get("/api/run", this::run);
    config.routes.get("/api/metrics", this::metrics);
    config.routes.get("/api/results", this::results);
    config.routes.get("/api/picture", this::picture);
    config.routes.sse("/api/events", this::listen);
  }

  private RunFiles named(Context context) {
    return Optional.ofNullable(context.queryParam("run"))
        .flatMap(runs::run)
        .map(RunFiles::new)
        .orElseThrow(() -> new NotFoundResponse("there is no such run"));
  }

  private void run(Context context) throws IOException {
    RunFiles run = named(context);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("keys", run.keys());
    all.put("evaluations", run.text("evaluation.csv"));
    all.put("provenance", run.text("provenance.json"));
    all.put("pictures", run.pictures());
    all.put("log", run.log().text());
    context.contentType("application/json").result(JSON.writeValueAsBytes(all));
  }

  private void metrics(Context context) throws IOException {
    long from = context.queryParamAsClass("from", Long.class).getOrDefault(0L);
    String last = Optional.ofNullable(context.queryParam("last")).orElse("");
    RunFiles.Part part = named(context).metrics(Math.max(0, from), last);
    context.contentType("application/json").result(JSON.writeValueAsBytes(part));
  }

  private void results(Context context) throws IOException {
    Path results =
        Optional.ofNullable(context.queryParam("sweep"))
            .flatMap(runs::results)
            .orElseThrow(() -> new NotFoundResponse("there is no such sweep"));
    context.contentType("text/csv; charset=utf-8").result(Files.readAllBytes(results));
  }

  private void picture(Context context) throws IOException {
    String name = Optional.ofNullable(context.queryParam("name")).orElse("");
    Path picture =
        named(context)
            .picture(name)
            .orElseThrow(() -> new NotFoundResponse("there is no such picture"));
    context.contentType("image/png").result(Files.readAllBytes(picture));
  }

  /** A browser that opens the page, or comes back to it. */
  private void listen(SseClient browser) {
    browser.keepAlive();
    browser.onClose(() -> browsers.remove(browser));
    browser.sendEvent(EVENT, text(runs.list()));
    browsers.add(browser);
  }

  /** In the clock's thread alone. */
  private void look() {
    long begun = System.nanoTime();
    try {
      if (!browsers.isEmpty()) {
        tell(text(runs.list()));
      }
    } finally {
      long rest = Math.max(REST, REST_SHARE * (System.nanoTime() - begun));
      if (!clock.isShutdown()) {
        var unused = clock.schedule(this::look, rest, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void tell(String now) {
    if (!now.equals(told)) {
      told = now;
      browsers.forEach(browser -> browser.sendEvent(EVENT, now));
    }
  }

  private static String text(WatchedRuns.Listing listing) {
    try {
      return JSON.writeValueAsString(listing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
