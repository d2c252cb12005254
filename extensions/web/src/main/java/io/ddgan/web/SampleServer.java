package io.ddgan.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers requests for samples of a model; {@code openapi.yaml} describes them. */
final class SampleServer {

  /** What web servers note of those who have gone before the answer came. */
  private static final int GONE = 499;

  /** Threads beyond those that wait for samples, for what is still being sent and all else. */
  private static final int OTHERS = 64;

  private static final int CONNECTIONS = 1000;
  private static final Duration CLOSED_AFTER = Duration.ofSeconds(2);

  /** What has been computed at the last moment is still sent when the service ends. */
  private static final Duration SENT_AFTER = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(SampleServer.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  private final Model model;
  private final ServeOptions options;
  private final Optional<Token> token;
  private final long longest;
  private final ServerMetrics metrics = new ServerMetrics();
  private final Semaphore accepted;
  private final SampleQueue queue;
  private final GracefulHandler graceful = new GracefulHandler();
  private final Javalin server;

  private SampleServer(Model model, ServeOptions options, Optional<Token> token) {
    this.model = model;
    this.options = options;
    this.token = token;
    this.longest = SampleRequest.longest(model, options.most());
    this.accepted = new Semaphore(options.queue());
    this.queue =
        new SampleQueue(model::sample, model.batch(), options.timeout(), metrics::computed);
    this.server = Javalin.create(this::configure);
  }

  /**
   * Begins to answer.
   *
   * @throws RefusedException if it cannot listen there; the message says what to do
   */
  static SampleServer start(Model model, ServeOptions options, Optional<Token> token) {
    SampleServer server = new SampleServer(model, options, token);
    try {
      server.server.start(options.host(), options.port());
    } catch (JavalinBindException e) {
      throw new RefusedException(
          "cannot listen on port %d of %s, which may be in use, or not this machine's; choose another with --port or --host"
              .formatted(options.port(), options.host()),
          e);
    }
    return server;
  }

  /** The port that it listens on. */
  int port() {
    return server.port();
  }

  private void configure(JavalinConfig config) {
    ServerBasics.configure(config);
    config.http.maxRequestSize = longest;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(options.queue() + OTHERS);
    config.jetty.modifyServer(
        jetty -> {
          jetty.addBean(connections(jetty));
          jetty.addEventListener(new LongerQueue());
          jetty.setHandler(new TooLongRequests(longest, readFirst(graceful)));
          jetty.setStopTimeout(longestAnswer());
        });
    if (token.isEmpty()) {
      config.routes.before(ServerBasics::requireThisMachine);
    }
    config.routes.before("/v1/*", this::authorise);
    config.routes.before("/metrics", this::authorise);
    config.routes.get("/", context -> context.redirect("/openapi.yaml"));
    config.routes.get("/healthz", this::health);
    config.routes.get("/openapi.yaml", SampleServer::description);
    config.routes.get("/metrics", this::metrics);
    config.routes.get("/v1/model", this::model);
    config.routes.post("/v1/samples", this::samples);
    config.routes.exception(
        HttpResponseException.class,
        (e, context) ->
            fail(
                context,
                e.getStatus(),
                e.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode()
                    ? "a request has at most %,d bytes".formatted(longest)
                    : e.getMessage()));
    config.routes.exception(
        HttpException.RuntimeException.class,
        (e, context) -> fail(context, e.getCode(), "the request is not proper HTTP"));
    config.routes.exception(Exception.class, SampleServer::failOurselves);
  }

  /** Once there are as many as may be, those that send and take nothing are closed soon. */
  private static NetworkConnectionLimit connections(Server jetty) {
    NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS, jetty);
    limit.setEndPointIdleTimeout(CLOSED_AFTER.toMillis());
    return limit;
  }

  /**
   * Lets as many connections wait to be taken as may be open. Of more than fifty, which wait
   * otherwise, the system drops some, and resets others.
   */
  private static final class LongerQueue implements LifeCycle.Listener {

    @Override
    public void lifeCycleStarting(LifeCycle server) {
      for (Connector connector : ((Server) server).getConnectors()) {
        if (connector instanceof ServerConnector sockets) {
          sockets.setAcceptQueueSize(CONNECTIONS);
        }
      }
    }
  }

  /** Whoever sends a request slowly has no thread meanwhile, unless latent vectors make it long. */
  private static Handler readFirst(Handler next) {
    return new EagerContentHandler(next, new EagerContentHandler.RetainedContentLoaderFactory());
  }

  /**
   * A mistake of the framework's own, which its operator finds in the log, unless the client went
   * while it sent the request.
   */
  private static void failOurselves(Exception mistake, Context context) {
    if (mistake instanceof EOFException) {
      fail(context, HttpStatus.BAD_REQUEST.getCode(), "the request is incomplete");
      return;
    }
    LOG.log(System.Logger.Level.ERROR, "a request was not answered", mistake);
    fail(context, HttpStatus.INTERNAL_SERVER_ERROR.getCode(), "the server could not answer this");
  }

  private void health(Context context) {
    if (!queue.isWorking()) {
      throw new ServiceUnavailableResponse("what computes the examples has ended");
    }
    context.result("ok\n");
  }

  private static void fail(Context context, int status, String message) {
    context.status(status);
    context.json(Map.of("error", message));
  }

  private void authorise(Context context) {
    boolean isAllowed =
        token.isEmpty() || token.get().isIn(Optional.ofNullable(context.header("Authorization")));
    if (!isAllowed) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse("the request has no valid token");
    }
  }

  private static void description(Context context) throws IOException {
    try (InputStream in = SampleServer.class.getResourceAsStream("openapi.yaml")) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }

  private void metrics(Context context) throws IOException {
    context.contentType(metrics.contentType()).result(metrics.text());
  }

  private void model(Context context) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", options.run().getFileName().toString());
    model.put("step", this.model.step());
    model.put("shape", this.model.shape().dimensions());
    model.put("classes", this.model.classes());
    model.put("evaluations", this.model.evaluations());
    model.put("latentSize", this.model.latentSize());
    model.put("most", options.most());
    context.json(model);
  }

  /** Takes a place only for what has been read, and keeps it until the answer is sent. */
  private void samples(Context context) throws InterruptedException {
    if (context.contentLength() > longest) {
      throw new ContentTooLargeResponse(); // its body may have been read already
    }
    byte[] body = context.bodyAsBytes();
    if (!accepted.tryAcquire()) {
      metrics.refused();
      throw comeAgain(
          context,
          Duration.ofSeconds(1),
          "%d requests are being answered already".formatted(options.queue()));
    }
    long begun = System.nanoTime();
    metrics.accepted();
    int status = HttpStatus.INTERNAL_SERVER_ERROR.getCode();
    try {
      status = answer(context, body);
    } catch (HttpResponseException e) {
      status = e.getStatus();
      throw e;
    } finally {
      accepted.release();
      metrics.answered(status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static HttpResponseException comeAgain(Context context, Duration after, String why) {
    context.header("Retry-After", Long.toString(after.toSeconds()));
    return new TooManyRequestsResponse(why + "; come again");
  }

  private int answer(Context context, byte[] asked) throws InterruptedException {
    try {
      SampleRequest request = SampleRequest.of(asked, model, options.most());
      float[] examples = queue.sample(request.draws());
      byte[] body = encoded(request.format(), examples);
      context.contentType(request.format().contentType());
      context.res().setContentLength(body.length);
      if (graceful.isShutdown()) {
        context.header("Connection", "close"); // or the end would wait for another request
      }
      return sent(context, body);
    } catch (RefusedException e) {
      throw new BadRequestResponse(e.getMessage());
    } catch (SampleQueue.FullException e) {
      throw comeAgain(context, e.until(), e.getMessage());
    } catch (TimeoutException e) {
      throw new ServiceUnavailableResponse(
          "the samples were not ready within %d s; ask for fewer, or come again"
              .formatted(options.timeout().toSeconds()));
    }
  }

  private static int sent(Context context, byte[] body) {
    try {
      context.res().getOutputStream().write(body);
      return HttpStatus.OK.getCode();
    } catch (IOException e) {
      return GONE;
    }
  }

  /** The same bytes that {@code ddgan sample} writes, of pictures and arrays. */
  private byte[] encoded(SampleRequest.Format format, float[] examples) {
    try {
      return format == SampleRequest.Format.JSON ? json(examples) : file(format, examples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] json(float[] examples) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("shape", model.shape().batch(examples.length / model.shape().size()));
    answer.put("samples", examples);
    return JSON.writeValueAsBytes(answer);
  }

  private byte[] file(SampleRequest.Format format, float[] examples) throws IOException {
    Path folder = Files.createTempDirectory("ddgan-serve");
    Path file = folder.resolve("samples." + format.name().toLowerCase(Locale.ROOT));
    try {
      model.write(examples, file);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** From when a request is accepted to when its answer is sent, in milliseconds. */
  private long longestAnswer() {
    return options.timeout().plus(SENT_AFTER).toMillis();
  }

  /**
   * Answers what was accepted, and nothing more. Only then may Jetty stop: it first gives all
   * connections a second without traffic, which cuts an answer off whose writing begins then.
   */
  void end() throws InterruptedException {
    for (Connector connector : server.jettyServer().server().getConnectors()) {
      if (connector instanceof NetworkConnector network) {
        network.close(); // to those who are not connected yet
      }
    }
    try {
      graceful.shutdown().get(longestAnswer(), MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "not all answers were taken in time");
    } finally {
      server.stop();
      queue.end();
    }
  }
}
