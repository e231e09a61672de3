import CourseData
import TensorCore

/// Turns square pictures `[batch, size, size, channels]` anticlockwise by quarter turns.
///
/// Swapping rows and columns mirrors a picture at its diagonal; turning the order of the rows round
/// as well makes it a rotation:
///
///     1 2    swap    1 3    rows     2 4
///     3 4   ------>  2 4   ------>   1 3
func turned(_ pictures: Variable, quarterTurns: Int) -> Variable {
  let fromBelow = Array((0..<pictures.shape[1]).reversed())
  var x = pictures
  for _ in 0..<quarterTurns { x = x.transposed(0, 2, 1, 3).gather(fromBelow, axis: 1) }
  return x
}

/// A batch of the pretext task: each picture in all four positions, and the answers.
///
/// - Parameter pictures: `[batch, size, size, channels]`.
/// - Returns: `[4 · batch, size, size, channels]`, first all upright ones, then all turned once, …; and
///   for each the number of its quarter turns, 0…3.
func rotationTask(_ pictures: Variable) -> (inputs: Variable, answers: [Int]) {
  let batch = pictures.shape[0]
  let positions = (0..<4).map { turned(pictures, quarterTurns: $0) }
  return (concatenate(positions), (0..<4 * batch).map { $0 / batch })
}

/// What the self-supervised training came to.
struct RotationTrained {
  /// The encoder and a head of four logits, of which only the encoder is kept.
  let classifier: Classifier
  /// The share of the test pictures' positions that it recognises.
  let accuracy: Double
}

/// The self-supervised teacher: which way up is this picture? It sees pixels, and no label at all.
func learnRotations(_ set: PictureSet, steps: Int) -> RotationTrained {
  var random = Random(seed: set.seed)
  let classifier = Classifier(for: set, outputs: 4, using: &random)
  let all = Array(0..<set.training.count)
  train(classifier.parameters, steps: steps, title: "Rotations") { _ in
    let (inputs, answers) = rotationTask(set.x.gather(random.sample(32, of: all)))
    return crossEntropy(classifier(inputs), answers)
  }
  let (inputs, answers) = rotationTask(set.testX.sliced(axis: 0, 0..<min(500, set.test.count)))
  return RotationTrained(
    classifier: classifier, accuracy: accuracy(classifier.predictions(inputs), answers))
}
