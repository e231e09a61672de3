import CourseData
import Notebook
import TensorCore

/// Adam on a loss, with a learning rate that falls to 0 along half a cosine.
///
/// - Parameters:
///   - parameters: what is trained.
///   - steps: how many updates are made.
///   - learningRate: the rate of the first update.
///   - title: what the progress line calls it.
///   - loss: the loss of one step, counted from 0; it draws its own batch.
func train(
  _ parameters: [NamedVariable], steps: Int, learningRate: Float = 3e-3, title: String,
  loss: (_ step: Int) -> Variable
) {
  var progress = Progress(title, total: steps)
  Adam(parameters, learningRate: learningRate).minimise(
    WarmUpCosine(peak: learningRate, warmUp: 0, total: steps),
    afterStep: { progress.advance() }, loss: loss)
  progress.finish()
}

/// The supervised teacher: cross-entropy on the labelled pictures alone.
func learnSupervised(_ set: PictureSet, labels count: Int, steps: Int) -> Classifier {
  var random = Random(seed: set.seed)
  let classifier = Classifier(for: set, using: &random)
  let labelled = set.labelled(count)
  train(classifier.parameters, steps: steps, title: "Supervised, \(count) labels") { _ in
    let batch = random.sample(min(32, count), of: labelled)
    return crossEntropy(classifier(set.x.gather(batch)), set.labels(batch))
  }
  return classifier
}

extension Random {
  /// Draws `count` elements, each of them evenly from all, so that one may come twice.
  mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    (0..<count).map { _ in elements[integer(below: elements.count)] }
  }
}
