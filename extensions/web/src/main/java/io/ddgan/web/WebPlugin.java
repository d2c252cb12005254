package io.ddgan.web;

import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the commands that talk HTTP. */
public final class WebPlugin extends DdganPlugin {

  /** Found by its name in {@code META-INF/services}. */
  public WebPlugin() {
    super(API);
  }

  @Override
  public String name() {
    return "ddgan-web";
  }

  @Override
  protected void components(Components components) {
    components.command(
        "watch", "Show runs and sweeps in a browser, while they train or later.", new Watch());
    components.command(
        "play",
        "Play with a run or a model in a browser: its steps, latent vectors, strokes.",
        new Play());
    components.command(
        "page",
        "Write a page that samples a run or a model in any browser, without a server.",
        new Page());
    components.command(
        "serve", "Answer other programs over HTTP with samples of a run or a model.", new Serve());
  }
}
