import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { Type } from '@sinclair/typebox';
import {
  Checked,
  createService,
  JwksUrl,
  Port,
  readConfiguration,
  serviceSettings,
  start,
} from '#kontor/service';
import { type Call, headerFaults, TheCall } from '../../apps/command-api/desk/call.js';
import { PlaceOrderRequest } from '../../apps/command-api/order/place-order.js';

/** Takes what the command API takes, checks it and its token just so, and does nothing with it. */
@Controller('v1/orders')
class NoOpController {
  @Post()
  @HttpCode(201)
  @Checked(headerFaults)
  placeOrder(@Body() _body: PlaceOrderRequest, @TheCall() _call: Call): object {
    return { orderId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', revision: 0, position: '4711' };
  }
}

@Module({ controllers: [NoOpController] })
class NoOpModule {}

await start(async () => {
  const settings = readConfiguration(
    Type.Object({ ...serviceSettings, KONTOR_JWKS_URL: JwksUrl, KONTOR_COMMAND_PORT: Port(3000) }),
  );
  const app = await createService(NoOpModule, {
    logLevel: settings.KONTOR_LOG_LEVEL,
    production: false,
    jwksUrl: settings.KONTOR_JWKS_URL,
  });
  return { app, port: settings.KONTOR_COMMAND_PORT };
});
