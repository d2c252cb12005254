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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ddgan watch}: runs and sweeps in browsers of this machine, from their files alone. The
 * browsers are told when these change.
 */
@CommandLine.Command(name = "watch", sortOptions = false)
final class Watch extends WebCommand {

  /** How long it rests between two looks at least, in milliseconds. */
  private static final long REST = 1000;

  /** How many times as long as a look it rests, so that many runs do not keep a core busy. */
  private static final long REST_SHARE = 19;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description = "Runs, sweeps, or folders of them (default: runs).")
  private List<Path> folders = List.of(Path.of("runs"));

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = 8081;

  private final Set<SseClient> browsers = ConcurrentHashMap.newKeySet();
  private WatchedRuns runs;

  @Override
  void run(CommandContext context) throws InterruptedException {
    for (Path folder : folders) {
      require(
          Files.isDirectory(folder),
          "%s is not a folder; name the folder of a run, of a sweep or of several"
              .formatted(folder));
    }
    runs = new WatchedRuns(folders, context);
    Thread watching = new Thread(this::watch, "ddgan-watch");
    watching.setDaemon(true);
    watching.start();
    Javalin server = Javalin.create(this::configure);
    Servers.serve(
        server,
        "127.0.0.1",
        port,
        context,
        "shows them",
        () -> {
          watching.interrupt();
          browsers.forEach(SseClient::close);
          server.stop();
        });
  }

  private void configure(JavalinConfig config) {
    Servers.configurePages(config, "watch");
    config.staticFiles.enableWebjars();
    config.routes.get("/api/run", context -> context.json(named(context).shown()));
    config.routes.get(
        "/api/results",
        context ->
            answer(context, "text/csv; charset=utf-8", runs.results(parameter(context, "sweep"))));
    config.routes.get(
        "/api/picture",
        context ->
            answer(context, "image/png", named(context).picture(parameter(context, "name"))));
    config.routes.sse("/api/events", this::listen);
  }

  private static String parameter(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  private static NotFoundResponse missing() {
    return new NotFoundResponse("it is not there, or not any more");
  }

  private RunFiles named(Context context) {
    return runs.run(parameter(context, "run")).orElseThrow(Watch::missing);
  }

  private static void answer(Context context, String type, Optional<Path> file) throws IOException {
    context.contentType(type).result(Files.readAllBytes(file.orElseThrow(Watch::missing)));
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
