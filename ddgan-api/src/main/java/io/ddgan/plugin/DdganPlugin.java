package io.ddgan.plugin;

/**
 * A contribution of components and commands, by the framework or a third party. A plug-in has a
 * public constructor without arguments and is named in its jar's {@code
 * META-INF/services/io.ddgan.plugin.DdganPlugin}; the jar's {@code reference.conf} contains the
 * defaults of its components under {@code ddgan.defaults.<kind>.<name>}.
 *
 * <pre>{@code
 * public final class CosinePlugin extends DdganPlugin {
 *   public CosinePlugin() {
 *     super(API_VERSION);
 *   }
 *
 *   public String name() {
 *     return "cosine schedule";
 *   }
 *
 *   protected void components(Components components) {
 *     contributions.add(ComponentKind.SCHEDULE, "cosine", "Cosine schedule", Cosine.class);
 *   }
 * }
 * }</pre>
 */
public abstract class DdganPlugin {

  /**
   * Version of the plug-in interface; a new one breaks plug-ins for the one before. The compiler
   * copies it into the plug-in's constructor, which records the version it was compiled for.
   */
  public static final int API_VERSION = 2;

  private final int api;

  /** Creates a plug-in for the {@link #API_VERSION} that it is compiled with. */
  protected DdganPlugin(int api) {
    this.api = api;
  }

  /** The plug-in's display name, such as {@code ddgan-schedules}. */
  public abstract String name();

  /** Adds the plug-in's components and commands; must have no other effect. */
  protected abstract void contribute(Contributions contributions);

  /**
   * Returns what the plug-in adds from this jar or folder; a PluginException if it was made for
   * another version.
   */
  public final Contributions contributions(String origin) {
    if (api != API_VERSION) {
      throw new PluginException(
          "it was made for version %d of ddgan's plug-in interface, and this is version %d"
              .formatted(api, API_VERSION));
    }
    Contributions contributions = new Contributions(origin);
    contribute(contributions);
    return contributions;
  }
}
