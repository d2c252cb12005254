package io.ddgan.internal.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads a plug-in and the libraries that it brings along. What plug-ins and the framework exchange
 * is the framework's alone; of anything else the plug-in's own copy comes first, and nobody else
 * sees it.
 */
final class PluginClassLoader extends URLClassLoader {

  /** The Java platform, this framework, and the libraries whose types its interfaces mention. */
  private static final List<String> SHARED =
      List.of(
          "java.",
          "javax.",
          "org.w3c.dom.",
          "org.xml.sax.",
          "io.ddgan.",
          "org.nd4j.",
          "org.bytedeco.",
          "com.google.inject.",
          "jakarta.inject.",
          "com.typesafe.config.",
          "org.slf4j.");

  private static final String SERVICES = "META-INF/services/";

  static {
    registerAsParallelCapable();
  }

  /**
   * A loader of jars, before the framework, which loads what is shared and what they do not have.
   */
  PluginClassLoader(String name, List<URL> jars, ClassLoader framework) {
    super(name, jars.toArray(URL[]::new), framework);
  }

  /** Whether a class comes from the jars although the framework may have one of that name. */
  private boolean isOwn(String className) {
    return SHARED.stream().noneMatch(className::startsWith)
        && findResource(className.replace('.', '/') + ".class") != null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      return findLoadedClass(name) == null && isOwn(name)
          ? findClass(name)
          : super.loadClass(name, resolve);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /**
   * The jars' resources before the framework's. Of a service whose interface is the jars' own, the
   * framework's providers are left out: they implement another interface of the same name.
   */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    if (!name.startsWith(SERVICES) || !isOwn(name.substring(SERVICES.length()))) {
      all.addAll(Collections.list(getParent().getResources(name)));
    }
    return Collections.enumeration(all);
  }
}
