import TensorCore

/// A linear probe: logistic regression on features that stay as they are.
///
/// How well it does says what the features hold already; a layer so simple cannot add much of its
/// own.
struct LinearProbe {
  private let mean: Variable
  private let scale: Variable
  private let layer: Linear

  /// Fits the layer to labelled features, all of them in each of `steps` updates.
  ///
  /// - Parameters:
  ///   - features: the features of all training pictures, `[count, width]`. Bringing each to mean 0
  ///     and deviation 1 needs no labels, so all pictures take part in that.
  ///   - labelled: the places of the labelled ones.
  ///   - labels: their labels.
  ///   - classes: the number of classes.
  ///   - steps: the number of updates.
  init(
    _ features: Variable, labelled: [Int], labels: [Int], classes: Int, steps: Int = 300
  ) {
    mean = features.mean(axis: 0)
    let deviation = squareRoot(square(features - mean).mean(axis: 0))
    // A feature that is the same everywhere says nothing; it stays 0.
    scale = 1 / (deviation + 1e-3 * deviation.mean() + 1e-12)
    // From zero, so that what no label speaks for stays undecided.
    layer = Linear(
      weight: Variable(Tensor([features.shape[1], classes], fill: 0), needsGradient: true),
      bias: Variable(Tensor([classes], fill: 0), needsGradient: true))
    let x = (features.gather(labelled) - mean) * scale
    let optimizer = AdamW(layer.parameters, learningRate: 3e-2, weightDecay: 0.1)
    let schedule = WarmUpCosine(peak: 3e-2, warmUp: 0, total: steps)
    for step in 0..<steps {
      optimizer.learningRate = schedule(step)
      optimizer.clearGradients()
      crossEntropy(layer(x), labels).backward()
      optimizer.step()
    }
  }

  /// The most likely class of each row of features `[count, width]`.
  func predictions(_ features: Variable) -> [Int] {
    withoutGradient { layer((features - mean) * scale) }.value.indicesOfMaximum()
  }
}
