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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ddgan watch}: shows runs and sweeps in browsers on this machine, from their files alone.
 * Browsers are notified of changes.
 */
@CommandLine.Command(name = "watch", sortOptions = false)
final class Watch extends WebCommand {

  /** Minimum pause between two polls, in milliseconds. */
  private static final long REST = 1000;

  /** Ratio of pause to polling time, which limits the load of many runs. */
  private static final long REST_SHARE = 19;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description = "Runs, sweeps, or folders of them (default: the folder runs).")
  private List<Path> folders = List.of(Path.of("runs"));

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, or 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8081;

  private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders = Executors.newCachedThreadPool(Watch::daemon);
  private WatchedRuns runs;

  @Override
  void run(CommandContext context) throws InterruptedException {
    for (Path folder : folders) {
      require(
          Files.isDirectory(folder),
          "%s is not a folder; name a run, a sweep or a folder of them".formatted(folder));
    }
    runs = new WatchedRuns(folders, context);
    Thread watching = daemon(this::watch);
    watching.start();
    Javalin server = Javalin.create(this::configure);
    Servers.serve(
        server,
        "127.0.0.1",
        port,
        context,
        "shows the runs",
        () -> {
          watching.interrupt();
          browsers.forEach(browser -> browser.client.close());
          server.stop();
        });
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "ddgan-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Sends a browser the newest listing. One that does not read holds up no other. */
  private final class Browser {

    private final SseClient client;
    private Optional<String> unsent = Optional.empty();
    private boolean isSending;

    Browser(SseClient client) {
      this.client = client;
    }

    synchronized void send(String listing) {
      unsent = Optional.of(listing);
      if (!isSending) {
        isSending = true;
        senders.execute(this::send);
      }
    }

    private void send() {
      for (Optional<String> next = next(); next.isPresent(); next = next()) {
        client.sendEvent("runs", next.get());
      }
    }

    private synchronized Optional<String> next() {
      Optional<String> next = unsent;
      unsent = Optional.empty();
      isSending = next.isPresent();
      return next;
    }
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
    return new NotFoundResponse("no such run, sweep or picture");
  }

  private RunFiles named(Context context) {
    return runs.run(parameter(context, "run")).orElseThrow(Watch::missing);
  }

  private static void answer(Context context, String type, Optional<Path> file) throws IOException {
    context.contentType(type).result(Files.readAllBytes(file.orElseThrow(Watch::missing)));
  }

  /** Registers a browser that opens the page or reconnects. */
  private void listen(SseClient client) {
    Browser browser = new Browser(client);
    client.keepAlive();
    client.onClose(() -> browsers.remove(browser));
    browser.send(text());
    browsers.add(browser);
  }

  private String text() {
    return new String(Json.write(runs.list()), StandardCharsets.UTF_8);
  }

  /** Notifies the browsers of changes. */
  private void watch() {
    String sent = "";
    try {
      while (true) {
        long begun = System.nanoTime();
        String now = browsers.isEmpty() ? sent : text();
        if (!now.equals(sent)) {
          sent = now;
          browsers.forEach(browser -> browser.send(now));
        }
        long polling = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Thread.sleep(Math.max(REST, REST_SHARE * polling));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
