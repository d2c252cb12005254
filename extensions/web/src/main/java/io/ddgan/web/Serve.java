package io.ddgan.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan serve}: serves samples over HTTP, as described in {@code openapi.yaml}. */
@CommandLine.Command(name = "serve", sortOptions = false)
final class Serve extends WebCommand {

  /** Threads in addition to those that wait for samples. */
  private static final int OTHERS = 64;

  /** Maximum size of a request in bytes, enough for the latents of some thousand examples. */
  private static final int LONGEST_REQUEST = 16 << 20;

  /**
   * Maximum bytes of a request that are read without a thread, so that those which are sent slowly
   * hold up no others.
   */
  private static final int READ_EARLY = 1 << 16;

  /** Pause before a refusal, as clients may try again at once. */
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  /** Seconds to send the last responses when the server stops. */
  private static final long SENT_WITHIN = 10;

  private static final System.Logger LOG = System.getLogger(Serve.class.getName());

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "Folder of a run, or the name of a model (see ddgan models).")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, or 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the bearer token that requests must carry; required if other machines can connect.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--max-samples",
      paramLabel = "N",
      description = "Maximum number of samples per request (default: ${DEFAULT-VALUE}).")
  private int most = 256;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Maximum number of concurrent requests; others get status 503 (default: ${DEFAULT-VALUE}).")
  private int queue = 64;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Maximum waiting time of a request (default: ${DEFAULT-VALUE}).")
  private int timeout = 30;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "Time to accept requests after a signal to stop, while /readyz has status 503 (default: ${DEFAULT-VALUE}).")
  private int drain;

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final DoubleAdder seconds = new DoubleAdder();
  private Optional<String> token = Optional.empty();
  private Model model;
  private Semaphore places;
  private SampleQueue samples;
  private final Thread warmUp = new Thread(this::warmUp, "ddgan-warm-up");
  private volatile boolean isWarm;
  private volatile boolean isDraining;
  private volatile boolean isEnding;

  /** Serves until the process is stopped, then completes the accepted requests. */
  @Override
  void run(CommandContext context) throws IOException, InterruptedException {
    check();
    try (Model loaded = context.model(folder, Optional.empty())) {
      token = token();
      model = loaded;
      places = new Semaphore(queue);
      samples = new SampleQueue(model::sample, model.batch(), Duration.ofSeconds(timeout));
      warmUp.setDaemon(true);
      warmUp.start();
      Javalin server = Javalin.create(this::configure);
      String sentence = "serves samples, see /openapi.yaml";
      Servers.serve(server, host, port, context, sentence, () -> end(server));
    }
  }

  private void check() {
    require(most >= 1 && most <= 10_000, "--max-samples must be from 1 to 10,000");
    require(queue >= 1 && queue <= 1000, "--queue must be from 1 to 1000");
    require(timeout >= 1 && timeout <= 3600, "--timeout must be from 1 to 3600");
    require(drain >= 0 && drain <= 600, "--drain must be from 0 to 600");
    require(
        tokenFile.isPresent() || isLoopback(),
        "other machines can connect to %s, so a token is required; write one to a file and set --token-file"
            .formatted(host));
  }

  /** Generates batches of all sizes: the first of each takes longer. */
  private void warmUp() {
    try {
      for (int count = 1; count < 2 * model.batch() && !isEnding; count *= 2) {
        var unused = model.sample(Math.min(count, model.batch()), 0);
      }
      isWarm = true;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the first samples failed", e);
    }
  }

  /** Reads the token. */
  private Optional<String> token() throws IOException {
    if (tokenFile.isEmpty()) {
      return Optional.empty();
    }
    String text = Files.readString(tokenFile.get(), StandardCharsets.ISO_8859_1).strip();
    require(
        text.matches("[!-~]{16,1000}"),
        "--token-file must hold one line of 16 to 1,000 printable ASCII characters; create it with openssl rand -hex 32");
    return Optional.of(text);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void configure(JavalinConfig config) {
    Servers.configure(config);
    config.http.maxRequestSize = LONGEST_REQUEST;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(queue + OTHERS);
    config.jetty.modifyServer(
        server ->
            server.setHandler(
                new EagerContentHandler(new RetainedContentLoaderFactory(READ_EARLY, 0, false))));
    if (token.isEmpty()) {
      config.routes.before(Servers::requireThisMachine);
    }
    config.routes.before("/v1/*", this::authorise);
    config.routes.before("/metrics", this::authorise);
    config.routes.get("/", context -> context.redirect("/openapi.yaml"));
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get("/readyz", this::readiness);
    config.routes.get("/openapi.yaml", Serve::description);
    config.routes.get(
        "/metrics", context -> context.contentType("text/plain; version=0.0.4").result(metrics()));
    config.routes.get("/v1/model", this::model);
    config.routes.post("/v1/samples", this::samples);
    config.routes.exception(
        HttpResponseException.class, (e, context) -> fail(context, e.getStatus(), e.getMessage()));
    config.routes.exception(EofException.class, (e, context) -> context.status(400)); // has left
    config.routes.exception(
        RefusedException.class, (e, context) -> fail(context, 400, e.getMessage()));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.log(System.Logger.Level.ERROR, "a request failed", e);
          fail(context, 500, "internal error; see the server's log");
        });
  }

  private static void fail(Context context, int status, String message) {
    context.status(status).json(Map.of("error", message));
  }

  private void authorise(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    String presented = header.replaceFirst("(?i)^\\s*bearer +", "").strip();
    if (token.isPresent() // in constant time
        && !MessageDigest.isEqual(token.get().getBytes(UTF_8), presented.getBytes(UTF_8))) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse("missing or invalid token");
    }
  }

  private static void description(Context context) throws IOException {
    try (InputStream in = Serve.class.getResourceAsStream("openapi.yaml")) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }

  private void readiness(Context context) {
    boolean isReady = isWarm && !isDraining;
    context.status(isReady ? 200 : 503).result(isReady ? "ok\n" : "starting or stopping\n");
  }

  private void model(Context context) {
    Map<String, Object> all = facts(model, folder);
    all.put("maxSamples", most);
    context.json(all);
  }

  /** Accepts a request once it is read, and counts it until the response is sent. */
  private void samples(Context context) throws IOException, InterruptedException {
    byte[] body = context.bodyAsBytes();
    if (isEnding || !places.tryAcquire()) {
      count("503");
      Runnable refusal = () -> refuse(context, "too many requests; try again later");
      context.future(() -> CompletableFuture.runAsync(refusal, isEnding ? Runnable::run : LATER));
      return;
    }
    long begun = System.nanoTime();
    String status = "500";
    try {
      answer(context, body);
      status = "200";
    } catch (RefusedException e) {
      status = "400";
      throw e;
    } catch (TimeoutException e) {
      status = "503";
      refuse(
          context,
          "the samples were not ready within %d s; request fewer, or try again later"
              .formatted(timeout));
    } finally {
      places.release();
      count(status);
      seconds.add((System.nanoTime() - begun) / 1e9);
    }
  }

  private void count(String status) {
    requests.computeIfAbsent(status, first -> new LongAdder()).increment();
  }

  /** Returns counters in Prometheus's format. */
  private String metrics() {
    StringBuilder text = new StringBuilder("# TYPE ddgan_requests_total counter\n");
    requests.forEach(
        (status, count) ->
            text.append("ddgan_requests_total{status=\"%s\"} %s\n".formatted(status, count)));
    text.append("# TYPE ddgan_requests_accepted gauge\nddgan_requests_accepted ");
    text.append(queue - places.availablePermits());
    text.append("\n# TYPE ddgan_request_seconds_total counter\nddgan_request_seconds_total ");
    return text.append(seconds).append('\n').toString();
  }

  private static void refuse(Context context, String why) {
    context.header("Retry-After", "1");
    fail(context, 503, why);
  }

  private void answer(Context context, byte[] asked)
      throws IOException, TimeoutException, InterruptedException {
    SampleRequest request = Json.read(asked, SampleRequest.class);
    float[] examples = samples.sample(request.draws(model, most));
    byte[] body = encoded(request.format(), examples);
    context.contentType(request.format().contentType);
    context.res().setContentLength(body.length);
    context.res().getOutputStream().write(body);
  }

  /** Encodes examples; pictures and arrays have the bytes that {@code ddgan sample} writes. */
  private byte[] encoded(SampleRequest.Format format, float[] examples) throws IOException {
    if (format == SampleRequest.Format.JSON) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("shape", model.shape().batch(examples.length / model.shape().size()));
      answer.put("samples", examples);
      return Json.write(answer);
    }
    Path file = Files.createTempFile("samples", "." + format.name().toLowerCase(Locale.ROOT));
    try {
      model.writeExamples(examples, file);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Completes the accepted requests and stops the server. */
  private void end(Javalin server) {
    isDraining = true;
    try {
      TimeUnit.SECONDS.sleep(drain);
      isEnding = true;
      if (!places.tryAcquire(queue, timeout + SENT_WITHIN, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "some responses could not be sent in time");
      }
      server.stop();
      samples.end();
      warmUp.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
