import CourseData
import Notebook
import TensorCore

extension PictureWorld {
  /// The chapter's world: one thing fills the picture, so that a hole in the middle takes its centre.
  static let ofHoles = PictureWorld(size: 32, factors: .plain(scale: 0.75...0.95))
}

extension PictureSource {
  /// Where the chapter's pictures come from: of 32 pixels in colour, in whatever form they are kept.
  static func forHoles(_ name: String, isQuick: Bool) throws(DataError) -> PictureSource {
    let source = try PictureSource.named(name, world: .ofHoles, isQuick: isQuick)
    guard case .collected(let training, let test) = source, training.height < 32 else {
      return source
    }
    // More than any run draws, and less than would fill the memory.
    func some(_ pictures: Pictures) -> Pictures {
      pictures[0..<min(pictures.count, 10_000)].framed(32)
    }
    return .collected(training: some(training), test: some(test))
  }
}

extension Pictures {
  /// The pictures in colour in the middle of a black square: Fashion-MNIST, of 28 pixels, is black around.
  func framed(_ side: Int) -> Pictures {
    let colour = inColour
    let (top, left) = ((side - height) / 2, (side - width) / 2)
    var framed = [Float](repeating: 0, count: count * side * side * 3)
    for picture in 0..<count {
      for row in 0..<height {
        let from = (picture * height + row) * width * 3
        let to = ((picture * side + top + row) * side + left) * 3
        for at in 0..<width * 3 { framed[to + at] = colour.pixels[from + at] }
      }
    }
    return Pictures(
      height: side, width: side, channels: 3, pixels: framed, labels: labels,
      classNames: classNames)
  }
}

/// Pixels 0…1 as the networks see them: −1…1, so that 0 is the grey between black and white.
func scaled(_ pixels: Tensor) -> Variable { Variable(pixels) * 2 - 1 }

/// What a network painted, −1…1, as pixels 0…1.
func pixels(_ painted: Variable) -> Tensor { ((painted + 1) * 0.5).value }

/// Adam on a loss, with a learning rate that rises for a twentieth of the steps and falls to 0 along half
/// a cosine.
///
/// - Throws: `InpaintingError` at the first loss that is not a number, before a step is made on it.
func descend(
  _ parameters: [NamedVariable], steps: Int, rate: Float, title: String, loss: () -> Variable
) throws(InpaintingError) {
  var progress = Progress(title, total: steps)
  try Adam(parameters, learningRate: rate).minimise(
    WarmUpCosine(peak: rate, warmUp: steps / 20, total: steps),
    afterStep: { progress.advance() }
  ) { step throws(InpaintingError) in
    let loss = loss()
    _ = try finite(loss, "the loss of “\(title)”", step)
    return loss
  }
  progress.finish()
}
