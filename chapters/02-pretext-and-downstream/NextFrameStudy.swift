import CourseData
import Notebook
import TensorCore

/// A way to predict the next frame.
enum Foresight: String, CaseIterable {
  case copy = "the last frame again"
  case line = "each pixel carried on"
  case motion = "the last motion carried on"
  case network = "network"
}

/// How well the next frame is predicted, in every repetition.
struct NextFrameStudy {
  /// The networks, one for each set.
  let networks: [NextFrameNetwork]
  /// The test frames of the first set.
  private let shown: FrameTriple
  /// Their predictions.
  private var predictions: [Foresight: Tensor] = [:]
  /// The mean PSNR in decibels over all pixels, `[seed]`.
  private(set) var overAll: [Foresight: [Double]] = [:]
  /// The same over the pixels that move.
  private(set) var overMoving: [Foresight: [Double]] = [:]
  /// The mean squared error over all pixels.
  private(set) var errors: [Foresight: [Double]] = [:]
  /// The share of the test pixels that move.
  private(set) var movingShare: [Double] = []

  /// Trains a network on each set and judges it beside the ways that learn nothing.
  init(_ sets: [VideoSet], steps: Int) {
    networks = sets.map { set in
      var random = Random(seed: set.seed)
      let encoder = Encoder(using: &random)
      return learnNextFrame(encoder, set.training, steps: steps, seed: set.seed)
    }
    shown = sets[0].test.triple()
    for (index, (set, network)) in zip(sets, networks).enumerated() {
      let test = set.test.triple()
      let moving = movingPixels(test.before.value, test.last.value, test.next.value)
      movingShare.append(Double(Variable(moving).mean().value.number))
      for way in Foresight.allCases {
        let frames = foreseen(way, test, network)
        if index == 0 { predictions[way] = frames }
        let all = squaredErrors(frames, test.next.value)
        errors[way, default: []].append(all.reduce(0, +) / Double(all.count))
        overAll[way, default: []].append(meanPeakSignalToNoise(all))
        overMoving[way, default: []].append(
          meanPeakSignalToNoise(squaredErrors(frames, test.next.value, over: moving)))
      }
    }
  }

  /// A row for each way.
  var table: Table {
    Table(
      "How well the next frame is predicted",
      columns: [
        .text("prediction"), .number("PSNR, dB", decimals: 1),
        .number("PSNR where it moves, dB", decimals: 1), .number("squared error", decimals: 4),
      ],
      rows: Foresight.allCases.map { way in
        [
          .text(way.rawValue), .mean(of: overAll[way]!), .mean(of: overMoving[way]!),
          .mean(of: errors[way]!),
        ]
      }, best: .highest("PSNR where it moves, dB"))
  }

  /// Some test clips, a row for each: two frames, the truth, then the predictions.
  func grid(clips: Int) -> PictureGrid {
    let columns: [(String, Tensor)] =
      [
        ("t − 1", shown.before.value), ("t", shown.last.value), ("truth", shown.next.value),
        ("network", predictions[.network]!), ("motion", predictions[.motion]!),
      ]
    return PictureGrid(
      "Two frames, the third, and predictions of it",
      rows: (0..<clips).map { clip in
        PictureRow("", columns.map { picture(clip, of: $1, caption: clip == 0 ? $0 : "") })
      })
  }
}

/// A prediction of the next frames, 0…1.
private func foreseen(_ way: Foresight, _ test: FrameTriple, _ network: NextFrameNetwork) -> Tensor
{
  switch way {
  case .copy: test.last.value
  case .line: clipped(2 * test.last - test.before)
  case .motion: motionCompensated(test.before.value, test.last.value)
  case .network: clipped(network.evaluating { network(test.before, test.last) })
  }
}

/// Pixels brought into 0…1.
func clipped(_ pixels: Variable) -> Tensor {
  // What relu cuts off below 0 it cuts off above 1 after the sign is turned.
  (1 - relu(1 - relu(pixels))).value
}

/// One picture of a batch `[batch, height, width, channels]`.
func picture(_ index: Int, of batch: Tensor, caption: String = "") -> Notebook.Picture {
  let shape = batch.shape
  let one = Variable(batch).gather([index]).value
  return Notebook.Picture(
    one.numbers, height: shape[1], width: shape[2], channels: shape[3], caption: caption)
}
