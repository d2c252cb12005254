package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Trajectory;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ddgan play}: explores a model in a browser. Images are sent as base64-encoded bytes,
 * {@code [C, H, W]}.
 */
@CommandLine.Command(name = "play", sortOptions = false)
final class Play extends WebCommand {

  /** Batch size of several images. */
  private static final int IMAGES = 8;

  /** Number of points in the plot. */
  private static final int POINTS = 500;

  /** Maximum number of states shown per trajectory, of an image and of points. */
  private static final int MOST_IMAGES = 13;

  private static final int MOST_PLOTS = 41;

  /** Maximum number of examples that differ in one latent vector. */
  private static final int MOST_MODES = 16;

  private static final int LONGEST_REQUEST = 4 << 20;

  private static final int MOST_CELLS = 128;

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "Folder of a run, or the name of a model (see ddgan models).")
  private Path model;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, or 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8082;

  /** The model with batch size 1. */
  private Model one;

  /** The same model with a larger batch size. */
  private Model several;

  @Override
  void run(CommandContext context) throws IOException, InterruptedException {
    try (Model single = context.model(model, Optional.of(1))) {
      boolean isImage = single.shape().isImage();
      require(
          isImage || single.shape().size() == 2,
          "the model generates shape %s; the playground supports images and 2D points only"
              .formatted(single.shape()));
      try (Model batched = context.model(model, Optional.of(isImage ? IMAGES : POINTS))) {
        require(
            single.step() == batched.step(),
            "the training has just saved a checkpoint; run the command again");
        one = single;
        several = batched;
        Javalin server = Javalin.create(this::configure);
        Servers.serve(server, "127.0.0.1", port, context, "serves the playground", server::stop);
      }
    }
  }

  /** A request for an example and its sampler steps. */
  private record Follow(SampleSpec recipe) {}

  /**
   * A request for {@link Model#trajectories(List, float[], boolean[], int)}, with images as bytes.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Picture(SampleSpec recipe, byte[] image, byte[] made, int evaluation) {}

  /**
   * A request for examples with different latent vectors in one network evaluation, see {@link
   * SampleSpec}.
   */
  private record Modes(SampleSpec recipe, int evaluation, List<Integer> numbers) {}

  /**
   * A request for the discriminator's logits of steps from a point to each point of a grid.
   *
   * @param t the time of the grid's points
   * @param from the point x_{t+1}
   * @param extent the grid spans [-extent, extent] in both directions
   * @param cells number of points per side
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Heat(int t, float[] from, double extent, int cells, int label) {}

  /** Handles a request. */
  @FunctionalInterface
  private interface Answer<T> {

    Map<String, Object> to(T request) throws IOException;
  }

  private void configure(JavalinConfig config) {
    Servers.configurePages(config, "play");
    config.http.maxRequestSize = LONGEST_REQUEST;
    config.routes.get("/api/model", this::model);
    post(config, "/api/follow", Follow.class, this::follow);
    post(config, "/api/picture", Picture.class, this::picture);
    post(config, "/api/modes", Modes.class, this::modes);
    post(config, "/api/flow", Follow.class, this::flow);
    post(config, "/api/heat", Heat.class, this::heat);
  }

  private static <T extends Record> void post(
      JavalinConfig config, String path, Class<T> type, Answer<T> answer) {
    config.routes.post(
        path,
        context -> {
          long begun = System.nanoTime();
          Map<String, Object> all =
              new LinkedHashMap<>(answer.to(Json.read(context.bodyAsBytes(), type)));
          all.put("milliseconds", (System.nanoTime() - begun) / 1e6);
          context.json(all);
        });
  }

  private void model(Context context) {
    Map<String, Object> all = facts(one, model);
    all.put("times", one.timesteps());
    context.json(all);
  }

  private Map<String, Object> follow(Follow asked) {
    return shown(one.trajectories(List.of(asked.recipe.origin(one))).get(0));
  }

  private Map<String, Object> picture(Picture asked) {
    float[] image = new float[asked.image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (asked.image[i] & 0xff) / 127.5f - 1;
    }
    boolean[] made = new boolean[asked.made.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = asked.made[i] != 0;
    }
    return shown(
        one.trajectories(List.of(asked.recipe.origin(one)), image, made, asked.evaluation).get(0));
  }

  private Map<String, Object> modes(Modes asked) {
    require(
        asked.numbers.size() <= MOST_MODES,
        "numbers must have at most %d entries".formatted(MOST_MODES));
    List<SampleNoise> origins =
        asked.numbers.stream()
            .map(number -> asked.recipe.withLatent(asked.evaluation, number).origin(several))
            .toList();
    return Map.of(
        "examples",
        several.trajectories(origins).stream().map(each -> shown(each.example())).toList());
  }

  private Map<String, Object> flow(Follow asked) {
    List<SampleNoise> origins =
        IntStream.range(0, POINTS)
            .mapToObj(n -> asked.recipe.drawn(several, asked.recipe.seed(), n))
            .toList();
    List<Trajectory> followed = several.trajectories(origins);
    List<Integer> at = some(several.networkEvaluations() + 1, MOST_PLOTS);
    List<float[]> states = new ArrayList<>();
    for (int state : at) {
      float[] all = new float[2 * POINTS];
      for (int n = 0; n < POINTS; n++) {
        System.arraycopy(followed.get(n).states().get(state), 0, all, 2 * n, 2);
      }
      states.add(all);
    }
    return Map.of(
        "at", at, "states", states, "labels", origins.stream().map(SampleNoise::label).toList());
  }

  /** Returns logits row by row from the top; empty if the model has no discriminator. */
  private Map<String, Object> heat(Heat asked) throws IOException {
    int cells = asked.cells;
    require(cells >= 1 && cells <= MOST_CELLS, "cells must be from 1 to %d".formatted(MOST_CELLS));
    float[] xt = new float[2 * cells * cells];
    float[] xtp1 = new float[xt.length];
    for (int i = 0; i < cells * cells; i++) {
      int row = i / cells;
      int column = i % cells;
      xt[2 * i] = (float) (asked.extent * (2 * (column + 0.5) / cells - 1));
      xt[2 * i + 1] = (float) (asked.extent * (1 - 2 * (row + 0.5) / cells));
      System.arraycopy(asked.from, 0, xtp1, 2 * i, 2);
    }
    return several
        .discriminatorLogits(asked.t, xt, xtp1, asked.label)
        .<Map<String, Object>>map(all -> Map.of("logits", all))
        .orElse(Map.of());
  }

  /** Returns evenly spread indices of states, including the first and the last. */
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
            .filter(i -> i < trajectory.dataPredictions().size())
            .map(i -> shown(trajectory.dataPredictions().get(i)))
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
