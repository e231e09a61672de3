import CourseData
import TensorCore
import Testing

@testable import chapter2

@Suite struct `Next frame` {
  private func video(_ clips: Int, seed: UInt64) -> Video {
    let world = MotionWorld(size: 16)
    return world.paint(world.clips(clips, seed: seed), frames: 4)
  }

  @Test func `frame t + 1 is predicted from t − 1 and t, and training lowers its error`() {
    var random = Random(seed: 1)
    let clips = video(60, seed: 1)
    let encoder = Encoder(using: &random)
    let network = learnNextFrame(encoder, clips, steps: 200, seed: 1)
    let test = video(20, seed: 2).triple(from: 1)
    #expect(test.before.value == video(20, seed: 2).frame(1))
    #expect(test.next.value == video(20, seed: 2).frame(3))
    let predicted = network.evaluating { network(test.before, test.last) }
    let learnt = squaredErrors(predicted.value, test.next.value).reduce(0, +)
    let copied = squaredErrors(test.last.value, test.next.value).reduce(0, +)
    #expect(learnt < copied)
  }

  @Test func `pre-training changes the encoder itself, and one seed gives one result`() {
    var random = Random(seed: 3)
    let first = Encoder(using: &random)
    let (second, before) = (first.clone(), first.clone())
    let clips = video(40, seed: 3)
    _ = learnNextFrame(first, clips, steps: 3, seed: 5)
    _ = learnNextFrame(second, clips, steps: 3, seed: 5)
    let weights = { (e: Encoder) in e.parameters.map { $0.variable.value } }
    #expect(weights(first) == weights(second))
    #expect(weights(first) != weights(before))
  }

  @Test func `with codes the future's code decides what is drawn`() {
    var random = Random(seed: 4)
    let network = NextFrameNetwork(
      Encoder(using: &random), frame: [16, 16, 3], codes: 2, using: &random)
    let now = video(4, seed: 4).triple()
    let frames = (0..<2).map { code in
      network.evaluating {
        network.predicted(
          now.before, now.last, network.features(now.before, now.last),
          code: Array(repeating: code, count: 4))
      }.value
    }
    #expect(frames[0] != frames[1])
  }

  @Test func `directions are numbered clockwise by eighths of the circle`() {
    for eighth in 0..<8 {
      let angle = (Float(eighth) + 0.5) * 45
      let world = MotionWorld(
        factors: {
          var factors = MotionFactors()
          factors.direction = angle...angle
          return factors
        }())
      #expect(octant(world.clips(1, seed: 1)[0].things[0].velocity) == eighth)
    }
  }

  @Test func `pixels are clipped to 0…1`() {
    let x = Variable(Tensor([4], [-0.5, 0.25, 1, 1.5]))
    #expect(clipped(x).numbers == [0, 0.25, 1, 1])
  }
}

@Suite struct Fork {
  @Test func `the mean of the futures has the least error, and a lot twice that`() {
    let study = ForkStudy(ways: 2, predictions: [], training: 4, test: 200, seeds: [1])
    let mean = study.runs(ForkStudy.mean, \.error)[0]
    // Which future the lot falls on makes no difference to the error; rounding does.
    #expect(abs(study.runs(ForkStudy.lot, \.error)[0] / mean - 2) < 1e-4)
    #expect(study.runs(ForkStudy.copy, \.error)[0] > mean)
    // Half of the thing at each place, against all of it at one; the places touch a little.
    #expect(abs(study.runs(ForkStudy.mean, \.most)[0] - 0.5) < 0.05)
    #expect(abs(study.runs(ForkStudy.lot, \.most)[0] - 1) < 0.05)
    #expect(abs(study.runs(ForkStudy.lot, \.least)[0]) < 0.1)
  }

  @Test func `codes tell left from right, and were told nothing`() {
    var factors = MotionFactors()
    factors.appearance.scale = 0.35...0.45
    let world = MotionWorld(factors: factors)
    let clips = world.forks(200, seed: 2)
    let now = world.paint(clips, frames: 4).triple(from: 1)
    var random = Random(seed: 1)
    let codes = FutureCodes(now, count: 4, random: &random)(now.last, now.next)
    for code in Set(codes) {
      let ways = codes.indices.filter { codes[$0] == code }.map { clips[$0].things[0].fork!.taken }
      let left = Double(ways.count { $0 == 0 }) / Double(ways.count)
      // A code is of one side: the share of the other is what k-means gets wrong.
      #expect(min(left, 1 - left) < 0.05, "code \(code): \(left)")
    }
  }
}
