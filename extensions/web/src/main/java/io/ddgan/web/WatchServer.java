package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Shows runs and sweeps to browsers of this machine, from their files alone, and tells them when
 * these change.
 */
final class WatchServer {

  /** How long it rests between two looks at least, in milliseconds. */
  private static final long REST = 1000;

  /** How many times as long as a look it rests, so that many runs do not keep a core busy. */
  private static final long REST_SHARE = 19;

  private final WatchedRuns runs;
  private final Set<SseClient> browsers = ConcurrentHashMap.newKeySet();
  private final Thread watching = new Thread(this::watch, "ddgan-watch");
  private final Javalin server;

  WatchServer(WatchedRuns runs) {
    this.runs = runs;
    this.server = Javalin.create(this::configure);
  }

  /** Shows them until the process is asked to end. */
  void serve(CommandContext context, int port) throws InterruptedException {
    watching.setDaemon(true);
    watching.start();
    Servers.serve(server, "127.0.0.1", port, context, "shows them", this::end);
  }

  private void end() {
    watching.interrupt();
    browsers.forEach(SseClient::close);
    server.stop();
  }

  private void configure(JavalinConfig config) {
    Servers.configurePages(config, "watch");
    config.staticFiles.enableWebjars();
    config.routes.get("/api/run", this::run);
    config.routes.get("/api/results", this::results);
    config.routes.get("/api/picture", this::picture);
    config.routes.sse("/api/events", this::listen);
  }

  private static String parameter(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  private static NotFoundResponse missing() {
    return new NotFoundResponse("it is not there, or not any more");
  }

  private RunFiles named(Context context) {
    return runs.run(parameter(context, "run")).orElseThrow(WatchServer::missing);
  }

  private void run(Context context) throws IOException {
    context.json(named(context).shown());
  }

  private void results(Context context) throws IOException {
    Path results = runs.results(parameter(context, "sweep")).orElseThrow(WatchServer::missing);
    context.contentType("text/csv; charset=utf-8").result(Files.readAllBytes(results));
  }

  private void picture(Context context) throws IOException {
    Path picture =
        named(context).picture(parameter(context, "name")).orElseThrow(WatchServer::missing);
    context.contentType("image/png").result(Files.readAllBytes(picture));
  }

  /** A browser that opens the page, or comes back to it. */
  private void listen(SseClient browser) {
    browser.keepAlive();
    browser.onClose(() -> browsers.remove(browser));
    browser.sendEvent("runs", text());
    browsers.add(browser);
  }

  private String text() {
    return new String(Json.write(runs.list()), StandardCharsets.UTF_8);
  }

  /** Tells the browsers of all changes. */
  private void watch() {
    String told = "";
    try {
      while (true) {
        long begun = System.nanoTime();
        String now = browsers.isEmpty() ? told : text();
        if (!now.equals(told)) {
          told = now;
          browsers.forEach(browser -> browser.sendEvent("runs", now));
        }
        long look = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Thread.sleep(Math.max(REST, REST_SHARE * look));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
