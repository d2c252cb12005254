package io.ddgan.web;

import io.ddgan.api.DataShape;
import io.ddgan.api.Model;
import io.ddgan.api.Trajectory;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers the page of the playground. Images go to it as bytes in base 64, {@code [C, H, W]}. */
final class PlayServer {

  private static final Map<String, String> FILES =
      Map.of(
          "/", "play.html",
          "/play.css", "play.css",
          "/play.js", "play.js",
          "/dom.js", "dom.js");

  /** States of a way that are shown at most, of images and of points. */
  private static final int MOST_IMAGES = 13;

  private static final int MOST_PLOTS = 41;

  /** Examples that differ in a latent vector. */
  private static final int MOST_MODES = 16;

  private static final int LONGEST_REQUEST = 4 << 20;

  private static final int MOST_CELLS = 128;

  /** No point is as far away as this. */
  private static final double FARTHEST = 1e6;

  private final Playground playground;
  private final String name;
  private final Javalin server;

  private PlayServer(Playground playground, String name) {
    this.playground = playground;
    this.name = name;
    this.server = Javalin.create(this::configure);
  }

  /**
   * Begins to answer, and to search for the main directions.
   *
   * @param name what the model is called
   * @throws IllegalArgumentException if it cannot listen on the port; the message says what to do
   */
  static PlayServer start(Playground playground, String name, int port) {
    PlayServer server = new PlayServer(playground, name);
    ServerBasics.start(server.server, port);
    if (playground.isSearching()) {
      Thread search = new Thread(playground::search, "ddgan-play-directions");
      search.setDaemon(true);
      search.start();
    }
    return server;
  }

  /** The port that it listens on. */
  int port() {
    return server.port();
  }

  /** Answers no more. */
  void end() {
    server.stop();
  }

  /** What a request asks for. */
  @FunctionalInterface
  private interface Answer {

    Map<String, Object> of(Fields asked) throws IOException;
  }

  private void configure(JavalinConfig config) {
    ServerBasics.configure(config, FILES);
    config.http.maxRequestSize = LONGEST_REQUEST;
    config.routes.get("/api/model", this::model);
    config.routes.get("/api/directions", this::directions);
    post(config, "/api/follow", this::follow);
    post(config, "/api/picture", this::picture);
    post(config, "/api/modes", this::modes);
    post(config, "/api/flow", this::flow);
    post(config, "/api/heat", this::heat);
  }

  private static void post(JavalinConfig config, String path, Answer answer) {
    config.routes.post(path, context -> answer(context, answer));
  }

  /** Says how long it took, which is what the page is about. */
  private static void answer(Context context, Answer answer) throws IOException {
    long begun = System.nanoTime();
    Map<String, Object> result = new LinkedHashMap<>();
    try {
      ServerBasics.requireJson(context); // which pages from elsewhere cannot send
      result.putAll(answer.of(Fields.of(context.bodyAsBytes())));
    } catch (IllegalArgumentException e) {
      throw new BadRequestResponse(e.getMessage());
    }
    result.put("milliseconds", (System.nanoTime() - begun) / 1e6);
    context.json(result);
  }

  private void model(Context context) {
    Model model = playground.model();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", name);
    all.put("step", model.step());
    all.put("shape", model.shape().dimensions());
    all.put("classes", model.classes());
    all.put("times", model.times());
    all.put("latentSize", model.latentSize());
    context.json(all);
  }

  private void directions(Context context) {
    context.json(
        Map.of(
            "isSought",
            playground.isSearching(),
            "searched",
            playground.searched(),
            "directions",
            playground.directions().stream()
                .map(direction -> direction.kind().name().toLowerCase(Locale.ROOT))
                .toList()));
  }

  private Recipe recipe(Fields asked) {
    return Recipe.of(asked.object("recipe"), playground.model(), playground.directions().size());
  }

  private int evaluation(Fields asked) {
    return asked.integer("evaluation", 0, playground.model().evaluations() - 1);
  }

  private void requireImages(boolean areWanted) {
    Arguments.require(
        playground.model().shape().isImage() == areWanted,
        areWanted ? "the model makes points, not images" : "the model makes images, not points");
  }

  private Map<String, Object> follow(Fields asked) {
    return shown(playground.follow(recipe(asked)));
  }

  private Map<String, Object> picture(Fields asked) {
    requireImages(true);
    DataShape shape = playground.model().shape();
    byte[] image = asked.bytes("image", shape.size());
    byte[] mask = asked.bytes("made", shape.height() * shape.width());
    float[] values = new float[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (image[i] & 0xff) / 127.5f - 1;
    }
    boolean[] made = new boolean[mask.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = mask[i] != 0;
    }
    return shown(playground.follow(recipe(asked), values, made, evaluation(asked)));
  }

  private Map<String, Object> modes(Fields asked) {
    List<Integer> numbers = asked.integers("numbers", Recipe.LAST_LATENT, MOST_MODES);
    Arguments.require(!numbers.isEmpty(), "numbers lists at least one latent vector");
    List<Trajectory> made = playground.modes(recipe(asked), evaluation(asked), numbers);
    return Map.of("examples", made.stream().map(each -> shown(each.example())).toList());
  }

  private Map<String, Object> flow(Fields asked) {
    requireImages(false);
    Recipe recipe = recipe(asked);
    Playground.Flow flow = playground.flow(recipe.seed(), recipe.label());
    List<Integer> at = some(flow.states().size(), MOST_PLOTS);
    return Map.of(
        "at", at, "states", at.stream().map(flow.states()::get).toList(), "labels", flow.labels());
  }

  private Map<String, Object> heat(Fields asked) throws IOException {
    requireImages(false);
    List<Double> from = asked.numbers("from", FARTHEST, 2);
    Arguments.require(from.size() == 2, "from is a point, of two numbers");
    Optional<float[]> logits =
        playground.heat(
            asked.integer("t", 0, Integer.MAX_VALUE),
            from,
            asked.number("extent", FARTHEST),
            asked.integer("cells", 2, MOST_CELLS),
            asked.someInteger("label", Integer.MAX_VALUE).orElse(0));
    return logits.<Map<String, Object>>map(all -> Map.of("logits", all)).orElse(Map.of());
  }

  /** Numbers of some states of a way, evenly spread, with the first and the last. */
  private static List<Integer> some(int states, int most) {
    int steps = Math.min(states, most) - 1;
    return IntStream.rangeClosed(0, steps).mapToObj(i -> i * (states - 1) / steps).toList();
  }

  private static Map<String, Object> shown(Trajectory trajectory) {
    List<Integer> at = some(trajectory.states().size(), MOST_IMAGES);
    return Map.of(
        "at",
        at,
        "states",
        at.stream().map(i -> shown(trajectory.states().get(i))).toList(),
        "estimates",
        at.stream()
            .filter(i -> i < trajectory.estimates().size())
            .map(i -> shown(trajectory.estimates().get(i)))
            .toList());
  }

  private static String shown(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.min(255, Math.max(0, (values[i] + 1) * 127.5)));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
