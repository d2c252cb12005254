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
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers requests for samples of a model; {@code openapi.yaml} describes them. */
final class SampleServer {

  /** Threads besides those that wait for samples. */
  private static final int OTHERS = 64;

  /** Bytes: latent vectors of some thousand examples. */
  private static final int LONGEST_REQUEST = 16 << 20;

  /** What was computed at the last moment is still sent when the service ends, in seconds. */
  private static final long SENT_WITHIN = 10;

  private static final System.Logger LOG = System.getLogger(SampleServer.class.getName());

  private final Model model;
  private final Serve options;
  private final Optional<String> token;
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final DoubleAdder seconds = new DoubleAdder();
  private final Semaphore places;
  private final SampleQueue queue;
  private final Javalin server;
  private volatile boolean isEnding;

  SampleServer(Model model, Serve options, Optional<String> token) {
    this.model = model;
    this.options = options;
    this.token = token;
    this.places = new Semaphore(options.queue);
    this.queue = new SampleQueue(model::sample, model.batch(), Duration.ofSeconds(options.timeout));
    this.server = Javalin.create(this::configure);
  }

  /**
   * Answers until the process is asked to end.
   *
   * @throws RefusedException if it cannot listen there; the message says what to do
   */
  void serve(CommandContext context) throws InterruptedException {
    String sentence = "answers, as its /openapi.yaml says";
    Servers.serve(server, options.host, options.port, context, sentence, this::end);
  }

  private void configure(JavalinConfig config) {
    Servers.configure(config);
    config.http.maxRequestSize = LONGEST_REQUEST;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(options.queue + OTHERS);
    if (token.isEmpty()) {
      config.routes.before(Servers::requireThisMachine);
    }
    config.routes.before("/v1/*", this::authorise);
    config.routes.before("/metrics", this::authorise);
    config.routes.get("/", context -> context.redirect("/openapi.yaml"));
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get("/openapi.yaml", SampleServer::description);
    config.routes.get(
        "/metrics", context -> context.contentType("text/plain; version=0.0.4").result(metrics()));
    config.routes.get("/v1/model", this::model);
    config.routes.post("/v1/samples", this::samples);
    config.routes.exception(
        HttpResponseException.class, (e, context) -> fail(context, e.getStatus(), e.getMessage()));
    config.routes.exception(
        RefusedException.class, (e, context) -> fail(context, 400, e.getMessage()));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.log(System.Logger.Level.ERROR, "a request was not answered", e);
          fail(context, 500, "the server could not answer this");
        });
  }

  private static void fail(Context context, int status, String message) {
    context.status(status).json(Map.of("error", message));
  }

  private void authorise(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    String borne = header.replaceFirst("(?i)^\\s*bearer +", "").strip();
    if (token.isPresent() // takes as long wherever they differ
        && !MessageDigest.isEqual(token.get().getBytes(UTF_8), borne.getBytes(UTF_8))) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse("the request has no valid token");
    }
  }

  private static void description(Context context) throws IOException {
    try (InputStream in = SampleServer.class.getResourceAsStream("openapi.yaml")) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }

  private void model(Context context) {
    Map<String, Object> all = WebCommand.facts(model, options.model);
    all.put("most", options.most);
    context.json(all);
  }

  /** Takes a place only for what has been read, and keeps it until the answer is sent. */
  private void samples(Context context) throws IOException, InterruptedException {
    byte[] body = context.bodyAsBytes();
    if (isEnding || !places.tryAcquire()) {
      count("503");
      throw comeAgain(context, "as many requests are being answered as can be; come again");
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
      throw comeAgain(
          context,
          "the samples were not ready within %d s; ask for fewer, or come again"
              .formatted(options.timeout));
    } finally {
      places.release();
      count(status);
      seconds.add((System.nanoTime() - begun) / 1e9);
    }
  }

  private void count(String status) {
    requests.computeIfAbsent(status, first -> new LongAdder()).increment();
  }

  /** Counts in Prometheus's format. */
  private String metrics() {
    StringBuilder text = new StringBuilder("# TYPE ddgan_requests_total counter\n");
    requests.forEach(
        (status, count) ->
            text.append("ddgan_requests_total{status=\"%s\"} %s\n".formatted(status, count)));
    text.append("# TYPE ddgan_requests_accepted gauge\nddgan_requests_accepted ");
    text.append(options.queue - places.availablePermits());
    text.append("\n# TYPE ddgan_request_seconds_total counter\nddgan_request_seconds_total ");
    return text.append(seconds).append('\n').toString();
  }

  private static ServiceUnavailableResponse comeAgain(Context context, String why) {
    context.header("Retry-After", "1");
    return new ServiceUnavailableResponse(why);
  }

  private void answer(Context context, byte[] asked)
      throws IOException, TimeoutException, InterruptedException {
    SampleRequest request = Json.read(asked, SampleRequest.class);
    float[] examples = queue.sample(request.draws(model, options.most));
    byte[] body = encoded(request.format(), examples);
    context.contentType(request.format().contentType);
    context.res().setContentLength(body.length);
    context.res().getOutputStream().write(body);
  }

  /** The bytes that {@code ddgan sample} writes, of pictures and arrays. */
  private byte[] encoded(SampleRequest.Format format, float[] examples) throws IOException {
    if (format == SampleRequest.Format.JSON) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("shape", model.shape().batch(examples.length / model.shape().size()));
      answer.put("samples", examples);
      return Json.write(answer);
    }
    Path file = Files.createTempFile("samples", "." + format.name().toLowerCase(Locale.ROOT));
    try {
      model.write(examples, file);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Answers what was accepted, and nothing more. */
  private void end() {
    isEnding = true;
    try {
      if (!places.tryAcquire(options.queue, options.timeout + SENT_WITHIN, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "not all answers were taken in time");
      }
      server.stop();
      queue.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
